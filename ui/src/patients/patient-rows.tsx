import { parseDate } from "@internationalized/date";
import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";

import type { AvailabilityForm, CoverForm, Named } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Button } from "../parts/button";
import { Choice, DateInputField, NumberInput, TimeInput } from "../parts/fields";

interface RowsProps<Row> {
  value: Row[];
  onChange: (value: Row[]) => void;
}

const replaced = <Row,>(rows: Row[], index: number, row: Row) =>
  rows.map((other, at) => (at === index ? row : other));
const without = <Row,>(rows: Row[], index: number) => rows.filter((_, at) => at !== index);

/** When a patient can come: a row for each stretch of a weekday. */
export function AvailabilityRows({ value, onChange }: RowsProps<AvailabilityForm>) {
  const t = useTranslations("patients");
  const { weekdays } = useTimes();
  const days = weekdays("long").map((name, at) => ({ id: String(at), name }));
  const last = value.at(-1);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-quiet text-small">{t("availability")}</legend>
      {value.length === 0 && <p className="mb-2">{t("always")}</p>}
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => {
          const set = (changes: Partial<AvailabilityForm>) =>
            onChange(replaced(value, index, { ...row, ...changes }));
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
              <TimeInput
                isBare
                label={t("from")}
                value={row.from_minute}
                onChange={(from_minute) => set({ from_minute })}
              />
              <TimeInput
                isBare
                isEnd
                label={t("to")}
                value={row.to_minute}
                onChange={(to_minute) => set({ to_minute })}
              />
              <Button label={t("removeRow")} onPress={() => onChange(without(value, index))}>
                <X aria-hidden size={16} />
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="mt-1.5">
        <Button
          onPress={() =>
            onChange([
              ...value,
              {
                weekday: last ? (last.weekday + 1) % 7 : 0,
                from_minute: last?.from_minute ?? 540,
                to_minute: last?.to_minute ?? 1020,
              },
            ])
          }
        >
          <Plus aria-hidden size={16} className="mr-1" /> {t("addWindow")}
        </Button>
      </div>
    </fieldset>
  );
}

/** What insurance pays for: a row for each discipline and year. */
export function CoverRows({ value, onChange, disciplines }: RowsProps<CoverForm> & { disciplines: Named[] }) {
  const t = useTranslations("patients");
  const endOfYear = `${currentDate().year}-12-31`;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-quiet text-small">{t("covers")}</legend>
      {value.length === 0 && <p className="mb-2">{t("noCover")}</p>}
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => {
          const set = (changes: Partial<CoverForm>) =>
            onChange(replaced(value, index, { ...row, ...changes }));
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
              key={index}
              className="grid grid-cols-[minmax(0,1fr)_52px_124px_auto] items-center gap-1.5 max-sm:grid-cols-2"
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
              <Button label={t("removeRow")} onPress={() => onChange(without(value, index))}>
                <X aria-hidden size={16} />
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="mt-1.5">
        <Button
          onPress={() =>
            onChange([
              ...value,
              {
                discipline:
                  disciplines.find(({ id }) => value.every((row) => row.discipline !== id))?.id ??
                  disciplines[0]?.id ??
                  "",
                visits: 10,
                until: endOfYear,
              },
            ])
          }
        >
          <Plus aria-hidden size={16} className="mr-1" /> {t("addCover")}
        </Button>
      </div>
    </fieldset>
  );
}
