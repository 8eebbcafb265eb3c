import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { type NewClinicForm, startNew } from "../lib/api";
import { useChange } from "../lib/changes";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Choice, TextInput, Tick, TimeInput } from "../parts/fields";
import { AddRow, changesOf, RemoveRow, type RowsProps } from "../parts/rows";
import { Failure, Loading, Refused } from "../parts/state";
import { defaultsQuery } from "./queries";

interface NewClinicProps {
  /** What was typed so far; none before anything was. */
  begun: NewClinicForm | undefined;
  onChange: (form: NewClinicForm) => void;
  /** Called when the clinic is there. */
  onOwn: () => void;
}

/** A short guided set-up in four steps. Everything can be changed later. */
export function NewClinic({ begun, onChange, onOwn }: NewClinicProps) {
  const query = useQuery(defaultsQuery());
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Guided form={begun ?? query.data} onChange={onChange} onOwn={onOwn} /> : <Loading />;
}

interface StepProps {
  form: NewClinicForm;
  set: (changes: Partial<NewClinicForm>) => void;
}

const steps = [
  { title: "stepClinic", advice: "clinicAdvice", Step: Clinic },
  { title: "stepPeople", advice: "peopleAdvice", Step: People },
  { title: "stepHours", advice: "openingAdvice", Step: Hours },
  { title: "stepRooms", advice: "roomsAdvice", Step: Rooms },
] as const;

interface GuidedProps extends Omit<NewClinicProps, "begun"> {
  form: NewClinicForm;
}

function Guided({ form, onChange, onOwn }: GuidedProps) {
  const t = useTranslations("firstStart");
  const [at, setAt] = useState(0);
  const start = useChange(() => startNew(form), onOwn);
  const step = steps[at];
  if (!step) {
    return null;
  }
  const isLast = at === steps.length - 1;
  const { Step } = step;
  return (
    <Form
      className="rounded-control border border-hairline bg-surface"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isLast) {
          setAt(at + 1);
        } else if (!start.isPending) {
          start.mutate(undefined);
        }
      }}
    >
      <header className="flex items-baseline justify-between gap-4 border-hairline border-b px-5 py-3">
        <h2 className="font-semibold text-title">{t(step.title)}</h2>
        <p role="status" className="text-quiet text-small">
          {t("step", { number: at + 1, of: steps.length })}
        </p>
      </header>
      <div className="flex min-h-64 flex-col gap-4 p-5">
        <p className="text-quiet">{t(step.advice)}</p>
        <Step
          key={step.title}
          form={form}
          set={(changes) => {
            start.reset();
            onChange({ ...form, ...changes });
          }}
        />
        <Refused error={start.error} />
      </div>
      <footer className="flex items-center justify-end gap-2 border-hairline border-t px-5 py-3">
        {at > 0 && <Button onPress={() => setAt(at - 1)}>{t("stepBack")}</Button>}
        <Button isPrimary type="submit" isDisabled={start.isPending}>
          {t(isLast ? "begin" : "next")}
        </Button>
      </footer>
    </Form>
  );
}

function Clinic({ form, set }: StepProps) {
  const t = useTranslations("firstStart");
  return (
    <TextInput
      label={t("clinicName")}
      isRequired
      autoFocus
      className="max-w-md"
      value={form.settings.name}
      onChange={(name) => set({ settings: { ...form.settings, name } })}
    />
  );
}

function People({ form, set }: StepProps) {
  const t = useTranslations("firstStart");
  const gives = [
    { id: "physio", name: t("physio") },
    { id: "massage", name: t("massage") },
    { id: "both", name: t("both") },
  ];
  return (
    <FieldRows
      value={form.practitioners}
      onChange={(practitioners) => set({ practitioners })}
      blank={{ name: "", disciplines: ["physio"] }}
      addLabel={t("addPerson")}
      removeLabel={(number) => t("removePerson", { number })}
    >
      {(person, put, index) => (
        <>
          <TextInput
            isBare
            isRequired
            autoFocus={index === 0}
            label={t("personName", { number: index + 1 })}
            placeholder={t("name")}
            value={person.name}
            onChange={(name) => put({ name })}
          />
          <Choice
            isBare
            label={t("gives", { number: index + 1 })}
            value={person.disciplines.length > 1 ? "both" : (person.disciplines[0] ?? "physio")}
            options={gives}
            onChange={(id) => put({ disciplines: id === "both" ? ["physio", "massage"] : [id] })}
          />
        </>
      )}
    </FieldRows>
  );
}

function Hours({ form, set }: StepProps) {
  const t = useTranslations("firstStart");
  const { weekdays } = useTimes();
  const days = weekdays("long");
  const [hours] = form.opening;
  const from = hours?.from_minute ?? 540;
  const to = hours?.to_minute ?? 1020;
  const openDays = form.opening.map(({ weekday }) => weekday);
  const open = (chosen: number[], from_minute: number, to_minute: number) =>
    set({
      opening: chosen
        .toSorted((one, two) => one - two)
        .map((weekday) => ({ weekday, from_minute, to_minute })),
    });
  return (
    <>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {days.map((name, weekday) => (
          <Tick
            key={name}
            className="first-letter:uppercase"
            isSelected={openDays.includes(weekday)}
            onChange={(is) =>
              open(is ? [...openDays, weekday] : openDays.filter((day) => day !== weekday), from, to)
            }
          >
            {name}
          </Tick>
        ))}
      </div>
      <div className="grid w-64 max-w-full grid-cols-2 gap-2">
        <TimeInput label={t("from")} value={from} onChange={(minute) => open(openDays, minute, to)} />
        <TimeInput label={t("to")} isEnd value={to} onChange={(minute) => open(openDays, from, minute)} />
      </div>
      <Tick isSelected={form.holidays} onChange={(is) => set({ holidays: is })}>
        {t("holidays")}
      </Tick>
    </>
  );
}

/** What a room is for, and the kinds that say so. */
const uses: Record<string, string[]> = {
  treatment: ["treatment"],
  massage: ["massage"],
  both: ["massage", "treatment"],
  gym: ["gym", "treatment"],
};

function Rooms({ form, set }: StepProps) {
  const t = useTranslations("firstStart");
  const purposeOf = (kinds: string[]) =>
    Object.keys(uses).find((use) => [...kinds].sort().join() === uses[use]?.join()) ?? "treatment";
  const offered = (["treatment", "massage", "both", "gym"] as const).map((id) => ({
    id,
    name: t(`kind-${id}`),
  }));
  return (
    <FieldRows
      value={form.rooms}
      onChange={(rooms) => set({ rooms })}
      blank={{ id: "", name: "", kinds: ["treatment"] }}
      addLabel={t("addRoom")}
      removeLabel={(number) => t("removeRoom", { number })}
    >
      {(room, put, index) => (
        <>
          <TextInput
            isBare
            isRequired
            label={t("roomName", { number: index + 1 })}
            placeholder={t("name")}
            value={room.name}
            onChange={(name) => put({ name })}
          />
          <Choice
            isBare
            label={t("roomFor", { number: index + 1 })}
            value={purposeOf(room.kinds)}
            options={offered}
            onChange={(id) => put({ kinds: uses[id] ?? [] })}
          />
        </>
      )}
    </FieldRows>
  );
}

interface FieldRowsProps<Row> extends RowsProps<Row> {
  blank: Row;
  addLabel: string;
  removeLabel: (number: number) => string;
  children: (row: Row, put: (changes: Partial<Row>) => void, index: number) => ReactNode;
}

/** Rows of two fields; at least one stays. */
function FieldRows<Row>({ value, onChange, blank, addLabel, removeLabel, children }: FieldRowsProps<Row>) {
  const { put, remove, add } = changesOf({ value, onChange });
  return (
    <div>
      <div className="flex flex-col gap-2">
        {value.map((row, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            key={index}
            className="grid grid-cols-[1fr_190px_auto] items-center gap-2 max-sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
          >
            {children(row, (changes) => put(index, changes), index)}
            <RemoveRow
              label={removeLabel(index + 1)}
              isDisabled={value.length === 1}
              onPress={() => remove(index)}
            />
          </div>
        ))}
      </div>
      <AddRow onPress={() => add(blank)}>{addLabel}</AddRow>
    </div>
  );
}
