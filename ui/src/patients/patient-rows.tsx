import { parseDate } from "@internationalized/date";
import { useState } from "react";
import { useTranslations } from "use-intl";

import type { AvailabilityForm, CoverForm, Named } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Choice, DateInputField, NumberInput, TimeInput } from "../parts/fields";
import { AddRow, changesOf, nextStretch, RemoveRow, type RowsProps } from "../parts/rows";
import { turned, WHEN, type When, whenOf } from "./when";

/** When a patient can come: a row for each stretch of a weekday. */
export function AvailabilityRows({ value, onChange }: RowsProps<AvailabilityForm>) {
  const t = useTranslations("patients");
  const { put, remove, add } = changesOf({ value, onChange });
  return (
    <fieldset className="col-span-full min-w-0">
      <legend className="mb-1 text-quiet text-small">{t("availability")}</legend>
      {value.length === 0 && <p className="mb-2">{t("always")}</p>}
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => (
          <AvailabilityRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            key={index}
            row={row}
            onChange={(changes) => put(index, changes)}
            onRemove={() => remove(index)}
          />
        ))}
      </ul>
      <AddRow onPress={() => add(nextStretch(value))}>{t("addWindow")}</AddRow>
    </fieldset>
  );
}

interface AvailabilityRowProps {
  row: AvailabilityForm;
  onChange: (changes: Partial<AvailabilityForm>) => void;
  onRemove: () => void;
}

function AvailabilityRow({ row, onChange, onRemove }: AvailabilityRowProps) {
  const t = useTranslations("patients");
  const { weekdays } = useTimes();
  // While its times are gone through a row keeps its form, also where one of them comes by midnight.
  const [held, setHeld] = useState<When>();
  const when = held ?? whenOf(row);
  const days = weekdays("long").map((name, at) => ({ id: String(at), name }));
  return (
    <li className="grid grid-cols-[130px_150px_minmax(0,1fr)_auto] items-center gap-1.5 max-sm:grid-cols-2">
      <Choice
        isBare
        label={t("weekday")}
        value={String(row.weekday)}
        options={days}
        onChange={(id) => onChange({ weekday: Number(id) })}
      />
      <Choice
        isBare
        label={t("when")}
        value={when}
        options={WHEN.map((id) => ({ id, name: t(`when-${id}`) }))}
        onChange={(id) => {
          const chosen = WHEN.find((each) => each === id);
          if (chosen) {
            onChange(turned(row, chosen));
          }
        }}
      />
      <fieldset
        aria-label={t("times")}
        className="flex gap-1.5"
        onFocus={() => setHeld(when)}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setHeld(undefined)}
      >
        {(when === "after" || when === "between") && (
          <TimeInput
            isBare
            label={t("from")}
            value={row.from_minute}
            onChange={(from_minute) => onChange({ from_minute })}
            className="w-26"
          />
        )}
        {(when === "before" || when === "between") && (
          <TimeInput
            isBare
            isEnd
            label={t("to")}
            value={row.to_minute}
            onChange={(to_minute) => onChange({ to_minute })}
            className="w-26"
          />
        )}
      </fieldset>
      <RemoveRow label={t("removeRow")} onPress={onRemove} />
    </li>
  );
}

/** What insurance pays for: a row for each discipline and year. */
export function CoverRows({ value, onChange, disciplines }: RowsProps<CoverForm> & { disciplines: Named[] }) {
  const t = useTranslations("patients");
  const { put, remove, add } = changesOf({ value, onChange });
  const endOfYear = `${currentDate().year}-12-31`;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-quiet text-small">{t("covers")}</legend>
      {value.length === 0 && <p className="mb-2">{t("noCover")}</p>}
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => {
          const set = (changes: Partial<typeof row>) => put(index, changes);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
              key={index}
              className="grid grid-cols-[minmax(0,1fr)_44px_124px_auto] items-center gap-1.5 max-sm:grid-cols-2"
            >
              <Choice
                isBare
                label={t("discipline")}
                value={row.discipline}
                options={disciplines}
                onChange={(discipline) => set({ discipline })}
              />
              <NumberInput
                isBare
                label={t("visits")}
                most={1000}
                value={row.visits}
                onChange={(visits) => set({ visits })}
              />
              <DateInputField
                isBare
                label={t("until")}
                value={row.until}
                onChange={(until) => until && parseDate(until) && set({ until })}
              />
              <RemoveRow label={t("removeRow")} onPress={() => remove(index)} />
            </li>
          );
        })}
      </ul>
      <AddRow
        onPress={() =>
          add({
            discipline:
              disciplines.find(({ id }) => value.every((row) => row.discipline !== id))?.id ??
              disciplines[0]?.id ??
              "",
            visits: 10,
            until: endOfYear,
          })
        }
      >
        {t("addCover")}
      </AddRow>
    </fieldset>
  );
}
