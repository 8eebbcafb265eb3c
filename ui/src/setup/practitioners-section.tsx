import { Plus, UserRound } from "lucide-react";
import { useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { ClinicPart, PractitionerForm, SetupView } from "../lib/api";
import { Button } from "../parts/button";
import { Checks, TextInput } from "../parts/fields";
import { Afterwards } from "../parts/in-pieces";
import { State } from "../parts/state";
import { Absences } from "./absences";
import { useDraft, useHasDraft } from "./drafts";
import { ExtraHoursRows, HoursRows } from "./hours-rows";
import { PartDialog } from "./part-dialog";
import { SaveDraft, useSaving } from "./saving";
import { Section } from "./section";
import { WeekDrawing } from "./week-drawing";

/** Who treats: services, hours week after week and on single dates, absences. */
export function PractitionersSection({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const [chosen, setChosen] = useState(setup.practitioners[0]?.id);
  const [isAdding, setIsAdding] = useState(false);
  const hasDraft = useHasDraft();
  const practitioner = setup.practitioners.find(({ id }) => id === chosen) ?? setup.practitioners[0];
  return (
    <div className="flex h-full max-lg:h-auto max-lg:flex-col">
      <div className="flex w-56 shrink-0 flex-col border-hairline border-r bg-surface max-lg:w-full">
        <div className="flex h-14 items-center px-3">
          <Button onPress={() => setIsAdding(true)}>
            <Plus aria-hidden size={16} className="mr-1" /> {t("addPractitioner")}
          </Button>
        </div>
        <ListBox
          aria-label={t("practitioners")}
          items={setup.practitioners}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={practitioner ? [practitioner.id] : []}
          onSelectionChange={(keys) => keys !== "all" && setChosen(String([...keys][0]))}
          className="min-h-0 flex-1 overflow-y-auto px-2 pb-2 outline-none max-lg:max-h-40"
        >
          {({ id, name }) => (
            <ListBoxItem
              id={id}
              textValue={name}
              className="flex min-h-8 items-center justify-between gap-2 rounded-control px-3 py-1 outline-none hover:bg-raised data-focus-visible:outline-2 data-focus-visible:outline-accent data-selected:bg-raised data-selected:font-semibold"
            >
              <bdi className="line-clamp-2 min-w-0 break-words">{name}</bdi>
              {hasDraft(`practitioner-${id}`) && (
                <span className="size-2 shrink-0 rounded-full bg-accent">
                  <span className="sr-only">{t("unsaved")}</span>
                </span>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </div>
      <div className="min-h-0 min-w-0 flex-1 scroll-pb-20 overflow-y-auto max-lg:overflow-visible">
        {practitioner ? (
          <Afterwards>
            <Editor key={practitioner.id} practitioner={practitioner} setup={setup} />
          </Afterwards>
        ) : (
          <State icon={<UserRound aria-hidden size={28} />} title={t("noPractitioners")}>
            {t("noPractitionersAdvice")}
          </State>
        )}
      </div>
      {isAdding && (
        <PartDialog
          title={t("addPractitioner")}
          initial={newPractitioner()}
          isNew
          toPart={(form) => ({ part: "practitioner", form })}
          onClose={() => setIsAdding(false)}
        >
          {(form, set) => (
            <>
              <Checks
                label={t("services")}
                options={setup.services}
                value={form.services}
                onChange={(services) => set({ services })}
              />
              <p className="text-quiet text-small">{t("newHours")}</p>
            </>
          )}
        </PartDialog>
      )}
    </div>
  );
}

const newPractitioner = (): PractitionerForm => ({
  id: "",
  name: "",
  services: [],
  hours: [0, 1, 2, 3, 4].map((weekday) => ({
    weekday,
    from_minute: 540,
    to_minute: 1020,
    valid_from: null,
    valid_to: null,
    every_weeks: 1,
  })),
  extra_hours: [],
  absences: [],
});

function Editor({ practitioner, setup }: { practitioner: PractitionerForm; setup: SetupView }) {
  const t = useTranslations("setup");
  const draft = useDraft<ClinicPart>(`practitioner-${practitioner.id}`, {
    part: "practitioner",
    form: practitioner,
  });
  const saving = useSaving({ edited: draft.edited, onMerged: draft.rebase });
  const form = draft.edited.part === "practitioner" ? draft.edited.form : practitioner;
  const set = (changes: Partial<PractitionerForm>) =>
    draft.edit({ part: "practitioner", form: { ...form, ...changes } });
  return (
    <Section
      title={form.name || t("addPractitioner")}
      action={
        <Button
          isDisabled={saving.isPending}
          onPress={() => saving.save(draft.original, null, draft.discard)}
        >
          {t("remove")}
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        {saving.notice}
        <div className="grid grid-cols-2 gap-6 max-md:grid-cols-1">
          <TextInput label={t("name")} isRequired value={form.name} onChange={(name) => set({ name })} />
          <Checks
            label={t("services")}
            options={setup.services}
            value={form.services}
            onChange={(services) => set({ services })}
          />
        </div>
        <div>
          <h3 className="mb-2 font-semibold text-title">{t("hours")}</h3>
          <WeekDrawing form={form} />
          <HoursRows value={form.hours} onChange={(hours) => set({ hours })} />
        </div>
        <div>
          <h3 className="font-semibold text-title">{t("extraHours")}</h3>
          <p className="mb-2 text-quiet">{t("extraHoursAdvice")}</p>
          <ExtraHoursRows value={form.extra_hours} onChange={(extra_hours) => set({ extra_hours })} />
        </div>
        <Absences
          practitioner={practitioner}
          onSaved={(absences) => {
            // What else is being edited goes on from there.
            if (draft.isChanged && draft.original.part === "practitioner") {
              draft.rebase(
                { part: "practitioner", form: { ...draft.original.form, absences } },
                { part: "practitioner", form: { ...form, absences } },
              );
            }
          }}
        />
      </div>
      <SaveDraft draft={draft} saving={saving} />
    </Section>
  );
}
