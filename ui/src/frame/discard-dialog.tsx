import { useTranslations } from "use-intl";

import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";

interface DiscardDialogProps {
  /** What it would be lost by. */
  by: "closing" | "leaving";
  onDiscard: () => void;
  onStay: () => void;
}

/** Whether what is not saved is given up with the window, or with what it stands on. */
export function DiscardDialog({ by, onDiscard, onStay }: DiscardDialogProps) {
  const t = useTranslations("form");
  const isClosing = by === "closing";
  return (
    <Dialog title={t(isClosing ? "closeTitle" : "discardQuestion")} isOpen onClose={onStay} width="narrow">
      <p role="alert" className="px-4 py-3">
        {t(isClosing ? "closeQuestion" : "leaveQuestion")}
      </p>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onDiscard}>{t(isClosing ? "discardAndClose" : "discard")}</Button>
        <Button isPrimary autoFocus onPress={onStay}>
          {t("keepEditing")}
        </Button>
      </footer>
    </Dialog>
  );
}
