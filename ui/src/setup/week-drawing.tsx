import { type CalendarDate, startOfWeek } from "@internationalized/date";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { type PractitionerForm, practitionerWeek, type WeekDay } from "../lib/api";
import { useTimes } from "../lib/times";
import { useToday } from "../lib/today";
import { Button } from "../parts/button";

/** Pixels for an hour. */
const HOUR = 16;

/** The hours of a practitioner, as they are being edited, drawn on a real week: with turns, single dates, absences. */
export function WeekDrawing({ form }: { form: PractitionerForm }) {
  const t = useTranslations("setup");
  const { shortTime, shortDate, weekdays } = useTimes();
  const now = useToday();
  const [monday, setMonday] = useState(() => startOfWeek(now, "en-CA", "mon"));
  const query = useQuery({
    queryKey: ["practitioner-week", form, monday.toString()],
    queryFn: () => practitionerWeek(form, monday.toString()),
    placeholderData: keepPreviousData,
  });
  const week = query.data ?? [];
  const spans = week.flatMap(({ working }) => working);
  const first = Math.min(8, ...spans.map(({ from_minute }) => Math.floor(from_minute / 60)));
  const last = Math.max(18, ...spans.map(({ to_minute }) => Math.ceil(Math.min(to_minute, 1440) / 60)));
  const top = (minute: number) => (Math.max(minute - first * 60, 0) / 60) * HOUR;
  const minutes = spans.reduce((sum, { from_minute, to_minute }) => sum + to_minute - from_minute, 0);
  const names = weekdays("short");
  const step = (weeks: number) => setMonday(monday.add({ weeks }));
  return (
    <figure className="mb-4">
      <div className="mb-1 flex items-center gap-1">
        <figcaption aria-live="polite" className="mr-auto text-quiet">
          {t("weekOf", { date: shortDate(monday), hours: Math.round(minutes / 6) / 10 })}
        </figcaption>
        <Button label={t("weekBefore")} onPress={() => step(-1)}>
          <ChevronLeft aria-hidden size={16} />
        </Button>
        <Button onPress={() => setMonday(startOfWeek(now, "en-CA", "mon"))}>{t("thisWeek")}</Button>
        <Button label={t("weekAfter")} onPress={() => step(1)}>
          <ChevronRight aria-hidden size={16} />
        </Button>
      </div>
      <ol aria-label={t("week")} className="grid grid-cols-7 gap-1">
        {names.map((name, weekday) => {
          const day = week[weekday];
          const date = monday.add({ days: weekday });
          return (
            <li key={name}>
              <p
                className={`text-center text-small ${isSame(date, now) ? "font-semibold text-accent" : "text-quiet"}`}
              >
                {name} {date.day}
              </p>
              <div
                className="relative overflow-hidden rounded-control border border-hairline bg-raised"
                style={{ height: (last - first) * HOUR + 4 }}
              >
                {day?.working.map(({ from_minute, to_minute }) => {
                  const height = top(Math.min(to_minute, 1440)) - top(from_minute);
                  return (
                    <div
                      key={from_minute}
                      className="absolute inset-x-0.5 overflow-hidden rounded-[4px] border border-accent bg-surface px-1 text-small leading-4"
                      style={{ top: top(from_minute), height }}
                    >
                      {height >= 16 && (
                        <span className={`block ${height < 36 ? "truncate" : ""}`}>
                          <span className="inline-block">{shortTime(from_minute)}–</span>
                          <span className="inline-block">{shortTime(to_minute % 1440)}</span>
                        </span>
                      )}
                    </div>
                  );
                })}
                {day && <Off day={day} />}
              </div>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

const isSame = (one: CalendarDate, other: CalendarDate) => one.compare(other) === 0;

/** Why somebody does not work on a day on which they otherwise might. */
function Off({ day }: { day: WeekDay }) {
  const t = useTranslations("setup");
  const said = day.closed ?? day.away.map(({ reason }) => reason || t("away")).join("; ");
  return (
    (day.closed !== null || day.away.length > 0) && (
      <p className="absolute inset-x-1 bottom-1 line-clamp-3 break-words text-center text-quiet text-small">
        {said}
      </p>
    )
  );
}
