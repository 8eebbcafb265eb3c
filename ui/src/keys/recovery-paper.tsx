import { Printer } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { RecoveryPaper } from "../lib/api";
import { Button } from "../parts/button";
import { TextInput } from "../parts/fields";
import { Refused } from "../parts/state";

interface PaperProps {
  paper: RecoveryPaper;
  /** What is done once the group was typed. */
  label: string;
  isPending: boolean;
  error: Error | null;
  onSubmit: (group: string) => void;
  onCancel: () => void;
  cancelLabel: string;
}

/** A new recovery key, to be printed or written down, and the question for one of its groups. */
export function PaperForm({ paper, label, isPending, error, onSubmit, onCancel, cancelLabel }: PaperProps) {
  const t = useTranslations("clinicKey");
  const [group, setGroup] = useState("");
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) {
          onSubmit(group);
        }
      }}
    >
      <p className="print:hidden">{t("paperAdvice")}</p>
      <section
        aria-label={t("paperTitle")}
        className="rounded-control border border-edge bg-surface p-4 print:border-0"
      >
        <h3 className="font-semibold text-title">{t("paperTitle")}</h3>
        <p className="mb-3 hidden print:block">{t("paperText")}</p>
        <ol className="mt-3 grid select-text grid-cols-4 gap-x-4 gap-y-2 max-sm:grid-cols-2">
          {paper.groups.map((signs, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place.
            <li key={at} className="flex items-baseline gap-2">
              <span className="w-3 text-right text-quiet text-small">{at + 1}</span>
              <code className="font-mono text-title tracking-widest">{signs}</code>
            </li>
          ))}
        </ol>
      </section>
      <div className="print:hidden">
        <Button onPress={() => window.print()}>
          <Printer aria-hidden size={16} className="mr-1.5" /> {t("print")}
        </Button>
      </div>
      <div className="flex flex-col gap-4 print:hidden">
        <TextInput
          label={t("group", { place: paper.asked })}
          isRequired
          value={group}
          onChange={setGroup}
          className="w-60"
        />
        <Refused error={error} />
        <div className="flex justify-end gap-2">
          <Button isDisabled={isPending} onPress={onCancel}>
            {cancelLabel}
          </Button>
          <Button isPrimary type="submit" isDisabled={isPending}>
            {isPending ? t("working") : label}
          </Button>
        </div>
      </div>
    </Form>
  );
}
