import { parseDate } from "@internationalized/date";
import { useTranslations } from "use-intl";

import type { AvailabilityForm, CoverForm, Named } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Choice, DateInputField, NumberInput } from "../parts/fields";
import { AddRow, changesOf, FromTo, nextStretch, RemoveRow, type RowsProps } from "../parts/rows";

/** When a patient can come: a row for each stretch of a weekday. */
export function AvailabilityRows({ value, onChange }: RowsProps<AvailabilityForm>) {
  const t = useTranslations("patients");
  const { put, remove, add } = changesOf({ value, onChange });
  const { weekdays } = useTimes();
  const days = weekdays("long").map((name, at) => ({ id: String(at), name }));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-quiet text-small">{t("availability")}</legend>
      {value.length === 0 && <p className="mb-2">{t("always")}</p>}
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => {
          const set = (changes: Partial<typeof row>) => put(index, changes);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
              key={index}
              className="grid grid-cols-[minmax(0,1fr)_72px_72px_auto] items-center gap-1.5 max-sm:grid-cols-2"
            >
              <Choice
                isBare
                label={t("weekday")}
                value={String(row.weekday)}
                options={days}
                onChange={(id) => set({ weekday: Number(id) })}
              />
              <FromTo labels={[t("from"), t("to")]} row={row} onChange={set} />
              <RemoveRow label={t("removeRow")} onPress={() => remove(index)} />
            </li>
          );
        })}
      </ul>
      <AddRow onPress={() => add(nextStretch(value))}>{t("addWindow")}</AddRow>
    </fieldset>
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
              className="grid grid-cols-[minmax(0,1fr)_44px_116px_auto] items-center gap-1.5 max-sm:grid-cols-2"
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
