/** What every import has: a file to choose, what would be done, and the one change. */

import { FileUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslations } from "use-intl";

import { fileText } from "../lib/file-text";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Refused } from "./state";

interface FileChoiceProps {
  label: string;
  /** What the system offers: endings and kinds. */
  kinds: readonly string[];
  /** The file that is chosen now. */
  chosen: string | undefined;
  onChoose: (name: string, text: string) => void;
}

/** A file of this computer, read as text. */
export function FileChoice({ label, kinds, chosen, onChoose }: FileChoiceProps) {
  const t = useTranslations("form");
  const [unread, setUnread] = useState<string>();
  const read = async (file: File) => {
    let text: string;
    try {
      text = await fileText(file);
    } catch {
      // Moved or taken away with its disk since it was chosen.
      setUnread(file.name);
      return;
    }
    setUnread(undefined);
    onChoose(file.name, text);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <FileTrigger
        acceptedFileTypes={kinds}
        onSelect={(files) => {
          const file = files?.item(0);
          if (file) {
            void read(file);
          }
        }}
      >
        <Button>
          <FileUp aria-hidden size={16} className="mr-1.5" /> {label}
        </Button>
      </FileTrigger>
      {chosen !== undefined && (
        <span className="min-w-0 truncate">
          <bdi>{chosen}</bdi>
        </span>
      )}
      {unread !== undefined && (
        <p role="alert" className="w-full text-rule">
          {t("unread", { name: unread })}
        </p>
      )}
    </div>
  );
}

interface ImportFrameProps {
  title: string;
  advice: string;
  /** Where what is imported comes from. */
  source: ReactNode;
  error: Error | null;
  /** What the import would do. */
  children: ReactNode;
  submit: string;
  /** Whether there is anything to do, and nothing under way. */
  isReady: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** The dialog of an import: where from, what it would do, the one change. */
export function ImportFrame({
  title,
  advice,
  source,
  error,
  children,
  submit,
  isReady,
  onSubmit,
  onClose,
}: ImportFrameProps) {
  const t = useTranslations("form");
  return (
    <Dialog title={title} width="wide" isOpen onClose={onClose}>
      <div className="flex max-h-[70vh] flex-col gap-4 overflow-y-auto p-4">
        <p className="text-quiet">{advice}</p>
        {source}
        <Refused error={error} />
        {children}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button isPrimary isDisabled={!isReady} onPress={onSubmit}>
          {submit}
        </Button>
      </footer>
    </Dialog>
  );
}
