import { useTranslations } from "use-intl";

import type { ClinicPart, SettingsForm, SetupView } from "../lib/api";
import { Choice, TextInput } from "../parts/fields";
import { useDraft } from "./drafts";
import { SaveDraft, useSaving } from "./saving";
import { Section } from "./section";

const grids = [5, 10, 15, 20, 30, 60];

/** What the clinic is called, where it lies, and the grid of its starts. */
export function ClinicSection({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const draft = useDraft<ClinicPart>("settings", { part: "settings", form: setup.settings });
  const saving = useSaving({ edited: draft.edited, onMerged: draft.rebase });
  const form = draft.edited.part === "settings" ? draft.edited.form : setup.settings;
  const set = (changes: Partial<SettingsForm>) =>
    draft.edit({ part: "settings", form: { ...form, ...changes } });
  return (
    <Section title={t("clinic")} advice={t("clinicAdvice")}>
      <div className="flex max-w-md flex-col gap-4">
        {saving.notice}
        <TextInput label={t("clinicName")} isRequired value={form.name} onChange={(name) => set({ name })} />
        <Choice
          label={t("zone")}
          value={form.time_zone}
          options={setup.time_zones.map((id) => ({
            id,
            name: id.replace("America/", "").replaceAll("_", " "),
          }))}
          onChange={(time_zone) => set({ time_zone })}
        />
        <Choice
          label={t("grid")}
          value={String(form.slot_minutes)}
          options={grids.map((minutes) => ({ id: String(minutes), name: t("minutes", { minutes }) }))}
          onChange={(id) => set({ slot_minutes: Number(id) })}
        />
      </div>
      <SaveDraft draft={draft} saving={saving} />
    </Section>
  );
}
