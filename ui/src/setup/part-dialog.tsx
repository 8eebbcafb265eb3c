import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { ClinicPart } from "../lib/api";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Refused } from "../parts/state";
import { useSaving } from "./saving";

interface PartDialogProps<Part> {
  title: string;
  initial: Part;
  isNew: boolean;
  toPart: (form: Part) => ClinicPart;
  onClose: () => void;
  children: (form: Part, set: (changes: Partial<Part>) => void) => ReactNode;
}

/** The form of one part of the clinic: saved, or removed where nothing depends on it. */
export function PartDialog<Part extends object>({
  title,
  initial,
  isNew,
  toPart,
  onClose,
  children,
}: PartDialogProps<Part>) {
  const t = useTranslations("setup");
  const [form, setForm] = useState(initial);
  const saving = useSaving();
  const original = isNew ? null : toPart(initial);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving.isPending) {
            saving.save(original, toPart(form), onClose);
          }
        }}
      >
        <div className="flex flex-col gap-4 p-4">
          <Refused error={saving.error} />
          {children(form, (changes) => setForm({ ...form, ...changes }))}
        </div>
        <footer className="flex items-center gap-2 border-hairline border-t px-4 py-3">
          {!isNew && (
            <Button isDisabled={saving.isPending} onPress={() => saving.save(original, null, onClose)}>
              <Trash2 aria-hidden size={14} className="mr-1.5" /> {t("remove")}
            </Button>
          )}
          <span className="flex-1" />
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button isPrimary type="submit" isDisabled={saving.isPending}>
            {t("save")}
          </Button>
        </footer>
      </Form>
      {saving.question}
    </Dialog>
  );
}
