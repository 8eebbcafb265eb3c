import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { ClinicPart } from "../lib/api";
import { useLeaving } from "../lib/use-leaving";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { TextInput } from "../parts/fields";
import { FormFooter } from "../parts/form-footer";
import { useSaving } from "./saving";

interface PartDialogProps<Part> {
  title: string;
  initial: Part;
  isNew: boolean;
  toPart: (form: Part) => ClinicPart;
  onClose: () => void;
  /** What it has besides a name. */
  children: (form: Part, set: (changes: Partial<Part>) => void) => ReactNode;
}

/** The form of one part of the clinic: saved, or removed where nothing depends on it. */
export function PartDialog<Part extends { name: string }>({
  title,
  initial,
  isNew,
  toPart,
  onClose,
  children,
}: PartDialogProps<Part>) {
  const t = useTranslations("setup");
  const [form, setForm] = useState(initial);
  const [original, setOriginal] = useState(toPart(initial));
  const edited = toPart(form);
  const saving = useSaving({
    edited,
    onMerged: (theirs, merged) => {
      setOriginal(theirs);
      setForm(merged.form as unknown as Part);
    },
  });
  const leaving = useLeaving(JSON.stringify(edited) !== JSON.stringify(original), onClose);
  return (
    <Dialog title={title} isOpen onClose={leaving.leave}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving.isPending) {
            saving.save(isNew ? null : original, edited, onClose);
          }
        }}
      >
        <div className="flex flex-col gap-4 p-4">
          {saving.notice}
          <TextInput
            label={t("name")}
            isRequired
            autoFocus
            value={form.name}
            onChange={(name) => setForm({ ...form, name })}
          />
          {children(form, (changes) => setForm({ ...form, ...changes }))}
        </div>
        <FormFooter leaving={leaving} submit={t("save")} isBusy={saving.isPending}>
          {!isNew && (
            <Button isDisabled={saving.isPending} onPress={() => saving.save(original, null, onClose)}>
              <Trash2 aria-hidden size={14} className="mr-1.5" /> {t("remove")}
            </Button>
          )}
        </FormFooter>
      </Form>
      {saving.question}
    </Dialog>
  );
}
