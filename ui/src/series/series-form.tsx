import { ChevronDown } from "lucide-react";
import { useEffect, useRef } from "react";
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import type { SeriesAsk, SeriesChoices } from "../lib/api";
import { Choice, DateInputField, NumberInput, Tick } from "../parts/fields";
import { AvailabilityField } from "./availability-field";
import { ChipMenu, Chips } from "./chips";

interface SeriesFormProps {
  choices: SeriesChoices;
  ask: SeriesAsk;
  onAsk: (ask: SeriesAsk) => void;
}

/** As the protocols or the clinic decide. */
const usual = "usual";

/** What the patient is treated for, when they can come, and what is wished: all in one band. */
export function SeriesForm({ choices, ask, onAsk }: SeriesFormProps) {
  const t = useTranslations("seriesScreen");
  const setup = useTranslations("setup");
  const set = (changes: Partial<SeriesAsk>) => onAsk({ ...ask, ...changes });
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    // Who is chosen already; what they come with is asked next. Chips are drawn a little later than the rest.
    const frame = requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>("[role=row], input, button")?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
  const isUndecided = ask.conditions.length === 0 && ask.needs.length === 0;
  const frequencies = (["combined", "alternating", "both-weekly"] as const).map((id) => ({
    id,
    name: setup(`frequency-${id}`),
  }));
  return (
    <section
      ref={form}
      aria-label={t("form")}
      className="grid grid-cols-3 items-start gap-x-6 gap-y-3 border-hairline border-b bg-surface px-5 py-3 max-[1100px]:grid-cols-2 max-[760px]:grid-cols-1"
    >
      <div className="flex min-w-0 flex-col gap-2">
        <Chips
          label={t("conditions")}
          options={choices.conditions}
          value={ask.conditions}
          onChange={(conditions) => set({ conditions })}
        />
        <ChipMenu
          label={t("needs")}
          add={t("addNeed")}
          remove={(name) => t("removeNeed", { name })}
          options={choices.needs}
          value={ask.needs}
          onChange={(needs) => set({ needs })}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <Chips
          label={t("sensitivities")}
          options={choices.sensitivities}
          value={ask.sensitivities}
          onChange={(sensitivities) => set({ sensitivities })}
        />
        <AvailabilityField
          patient={ask.patient}
          value={ask.availability}
          onChange={(availability) => set({ availability })}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <div className="grid grid-cols-[64px_minmax(0,1fr)_minmax(0,1fr)] gap-2">
          <NumberInput
            label={t(ask.series ? "weeksLeft" : "weeks")}
            value={ask.weeks}
            least={1}
            most={52}
            onChange={(weeks) => set({ weeks })}
          />
          <DateInputField
            label={t("earliest")}
            value={ask.earliest}
            onChange={(earliest) => set({ earliest })}
          />
          {isUndecided && ask.only === null && !ask.series ? (
            <Choice
              label={t("first")}
              value={ask.first ?? ""}
              options={choices.disciplines.map(({ id, name }) => ({ id, name }))}
              onChange={(first) => set({ first })}
            />
          ) : (
            <Choice
              label={t("frequency")}
              value={ask.frequency ?? usual}
              options={[{ id: usual, name: t("asDecided") }, ...frequencies]}
              onChange={(id) => set({ frequency: frequencies.find((each) => each.id === id)?.id ?? null })}
            />
          )}
        </div>
        {choices.disciplines.map((discipline) => (
          <DisciplineRow
            key={discipline.id}
            discipline={discipline}
            others={choices.disciplines.filter(({ id }) => id !== discipline.id)}
            ask={ask}
            onSet={set}
          />
        ))}
      </div>
    </section>
  );
}

interface DisciplineRowProps {
  discipline: SeriesChoices["disciplines"][number];
  others: SeriesChoices["disciplines"];
  ask: SeriesAsk;
  onSet: (changes: Partial<SeriesAsk>) => void;
}

/** Whether a discipline takes part, with which service, and who may treat. */
function DisciplineRow({ discipline, others, ask, onSet }: DisciplineRowProps) {
  const t = useTranslations("seriesScreen");
  const takesPart = ask.only === null || ask.only === discipline.id;
  const [other] = others;
  const service = discipline.services.find(({ id }) => ask.services.includes(id));
  const chosen = discipline.practitioners.filter(({ id }) => ask.practitioners.includes(id));
  const ownIds = discipline.practitioners.map(({ id }) => id);
  return (
    <div className="grid grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)] items-center gap-2">
      <Tick
        isSelected={takesPart}
        onChange={(is) => onSet({ only: is ? null : (other?.id ?? null) })}
        className="text-small"
      >
        {discipline.name}
      </Tick>
      {takesPart && (
        <>
          <Choice
            isBare
            label={t("serviceOf", { discipline: discipline.name })}
            value={service?.id ?? usual}
            options={[{ id: usual, name: t("usualService") }, ...discipline.services]}
            onChange={(id) => {
              const rest = ask.services.filter((known) =>
                discipline.services.every((each) => each.id !== known),
              );
              onSet({ services: id === usual ? rest : [...rest, id] });
            }}
          />
          <DialogTrigger>
            <AriaButton
              aria-label={t("practitionersOf", {
                discipline: discipline.name,
                names: chosen.map(({ name }) => name).join(", ") || t("anybody"),
              })}
              className="flex h-8 min-w-0 items-center justify-between gap-1 rounded-control border border-edge bg-surface px-2 outline-accent focus-visible:outline-2"
            >
              <span className="truncate">{chosen.map(({ name }) => name).join(", ") || t("anybody")}</span>
              <ChevronDown aria-hidden size={14} className="shrink-0 text-quiet" />
            </AriaButton>
            <Popover className="rounded-control border border-edge bg-surface shadow-lg">
              <Dialog aria-label={discipline.name} className="outline-none">
                <ListBox
                  aria-label={discipline.name}
                  autoFocus
                  selectionMode="multiple"
                  items={discipline.practitioners}
                  selectedKeys={chosen.map(({ id }) => id)}
                  onSelectionChange={(selected) =>
                    onSet({
                      practitioners: [
                        ...ask.practitioners.filter((id) => !ownIds.includes(id)),
                        ...(selected === "all" ? ownIds : [...selected].map(String)),
                      ],
                    })
                  }
                  className="max-h-72 overflow-y-auto p-1 outline-none"
                >
                  {({ id, name }) => (
                    <ListBoxItem
                      id={id}
                      textValue={name}
                      className="flex min-h-7 cursor-default items-center rounded-control px-2 outline-none data-focused:bg-raised data-selected:font-semibold data-selected:text-accent"
                    >
                      {name}
                    </ListBoxItem>
                  )}
                </ListBox>
                <p className="border-hairline border-t px-3 py-1.5 text-quiet text-small">{t("everybody")}</p>
              </Dialog>
            </Popover>
          </DialogTrigger>
        </>
      )}
    </div>
  );
}
