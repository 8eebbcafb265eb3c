import { CalendarRange } from "lucide-react";
import { useTranslations } from "use-intl";
import type { ExtraHoursForm, HoursForm } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Button } from "../parts/button";
import { Choice, DateInputField } from "../parts/fields";
import { FrameButton } from "../parts/frame-button";
import { Hint } from "../parts/hint";
import { AddRow, changesOf, FromTo, nextStretch, RemoveRow, type RowsProps } from "../parts/rows";

const rhythms = [1, 2, 3, 4];
const currentDay = () => currentDate().toString();
const hasDates = ({ valid_from, valid_to, every_weeks }: HoursForm) =>
  valid_from !== null || valid_to !== null || every_weeks > 1;

/** The hours that come back: a row for each stretch of a weekday. */
export function HoursRows({ value, onChange }: RowsProps<HoursForm>) {
  const t = useTranslations("setup");
  const { weekdays } = useTimes();
  const { put, remove, add } = changesOf({ value, onChange });
  const days = weekdays("long").map((name, at) => ({ id: String(at), name }));
  const ordered = value
    .map((row, index) => ({ row, index }))
    .toSorted((one, two) => one.row.weekday - two.row.weekday || one.index - two.index);
  return (
    <>
      {value.length === 0 && <p className="mb-2 text-quiet">{t("noHours")}</p>}
      <ul className="flex flex-col gap-1.5">
        {ordered.map(({ row, index }) => (
          <li key={index} className="flex flex-col gap-1.5">
            <div className="grid grid-cols-[130px_84px_84px_170px_auto_auto] items-center justify-start gap-1.5 max-lg:grid-cols-2">
              <Choice
                isBare
                label={t("day")}
                value={String(row.weekday)}
                options={days}
                onChange={(id) => put(index, { weekday: Number(id) })}
              />
              <FromTo labels={[t("from"), t("to")]} row={row} onChange={(changes) => put(index, changes)} />
              <Choice
                isBare
                label={t("rhythm")}
                value={String(row.every_weeks)}
                options={[...new Set([...rhythms, row.every_weeks])].map((weeks) => ({
                  id: String(weeks),
                  name: t("every", { weeks }),
                }))}
                onChange={(id) =>
                  put(index, {
                    every_weeks: Number(id),
                    ...(Number(id) > 1 && { valid_from: row.valid_from ?? currentDay() }),
                  })
                }
              />
              {hasDates(row) ? (
                <span />
              ) : (
                <Hint label={t("limit")}>
                  <FrameButton
                    isQuiet
                    label={t("limit")}
                    onPress={() => put(index, { valid_from: currentDay() })}
                  >
                    <CalendarRange aria-hidden size={16} />
                  </FrameButton>
                </Hint>
              )}
              <RemoveRow label={t("removeRow")} onPress={() => remove(index)} />
            </div>
            {hasDates(row) && (
              <div className="mb-1 ml-4 flex items-center gap-2">
                <span className="text-quiet">{t("since")}</span>
                <DateInputField
                  isBare
                  className="w-32"
                  label={t("validFrom")}
                  value={row.valid_from}
                  onChange={(valid_from) => put(index, { valid_from })}
                />
                <span className="text-quiet">{t("until")}</span>
                <DateInputField
                  isBare
                  className="w-32"
                  label={t("validTo")}
                  value={row.valid_to}
                  onChange={(valid_to) => put(index, { valid_to })}
                />
                {row.every_weeks === 1 && (
                  <Button onPress={() => put(index, { valid_from: null, valid_to: null })}>
                    {t("always")}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      <AddRow
        onPress={() =>
          add({
            ...nextStretch(value),
            valid_from: null,
            valid_to: null,
            every_weeks: 1,
          })
        }
      >
        {t("addHours")}
      </AddRow>
    </>
  );
}

/** Hours on single dates. */
export function ExtraHoursRows({ value, onChange }: RowsProps<ExtraHoursForm>) {
  const t = useTranslations("setup");
  const { put, remove, add } = changesOf({ value, onChange });
  return (
    <>
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            key={index}
            className="grid grid-cols-[130px_84px_84px_auto] items-center gap-1.5 max-sm:grid-cols-2"
          >
            <DateInputField
              isBare
              label={t("date")}
              value={row.date}
              onChange={(date) => date && put(index, { date })}
            />
            <FromTo labels={[t("from"), t("to")]} row={row} onChange={(changes) => put(index, changes)} />
            <span>
              <RemoveRow label={t("removeRow")} onPress={() => remove(index)} />
            </span>
          </li>
        ))}
      </ul>
      <AddRow
        onPress={() =>
          add({
            date: currentDate().add({ days: 7 }).toString(),
            from_minute: 540,
            to_minute: 780,
          })
        }
      >
        {t("addExtraHours")}
      </AddRow>
    </>
  );
}
