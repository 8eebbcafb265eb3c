import type { CalendarDate } from "@internationalized/date";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";

import { choose, shownWeek, usePreferences } from "../frame/preferences";
import { ClinicError, type DayTotals, type DayView } from "../lib/api";
import { dayQuery, weekQuery } from "../lib/queries";
import { useTimes } from "../lib/times";
import { chosenColumns, dayColumns, isNamed, weekColumns } from "./board/columns";

/** The Monday of a date's week. */
export const mondayOf = (date: CalendarDate): CalendarDate =>
  // 1970-01-05 was a Monday.
  date.subtract({ days: (((date.toDate("UTC").getUTCDay() + 6) % 7) + 7) % 7 });

/** What the board shows: the chosen day, or the week of a practitioner or room that it lies in. */
export function useBoard(date: CalendarDate, narrow: string) {
  const t = useTranslations("day");
  const times = useTimes();
  const preferences = usePreferences();
  const weekOf = shownWeek(preferences);
  const monday = mondayOf(date);
  const day = useQuery({ ...dayQuery(date.toString()), enabled: weekOf === null });
  const week = useQuery({
    ...weekQuery(
      monday.toString(),
      weekOf?.kind === "practitioner" ? weekOf.id : null,
      weekOf?.kind === "room" ? weekOf.id : null,
    ),
    enabled: weekOf !== null,
  });
  useNeighboursReady(date, weekOf === null);
  const isGone = weekOf !== null && week.error instanceof ClinicError && week.error.code === "not-found";
  useEffect(() => {
    // Whose week it was is no longer there: the day of everybody always is.
    if (isGone) {
      choose({ isWeek: false, weekOf: null });
    }
  }, [isGone]);
  const query = weekOf ? week : day;
  const days = useMemo(() => (weekOf ? week.data : day.data && [day.data]), [weekOf, week.data, day.data]);
  const { shortDate } = times;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of dates change with the language alone.
  const columns = useMemo(() => {
    const [first] = days ?? [];
    if (!days || !first) {
      return [];
    }
    if (weekOf) {
      return weekColumns(days, weekOf, shortDate);
    }
    const chosen = chosenColumns(dayColumns(first), preferences, first.disciplines);
    const named = narrow.trim() ? chosen.filter(({ name }) => isNamed(name, narrow)) : chosen;
    // A word that fits nobody leaves the board as it is; the field says so.
    return named.length > 0 ? named : chosen;
  }, [days, weekOf, narrow, preferences]);
  const shown = query.isPlaceholderData ? undefined : days;
  return {
    query,
    days,
    /** The days, once they are those that were chosen. */
    shown,
    columns,
    first: days?.[0],
    totals: shown && totalsOf(shown),
    label: weekOf
      ? t("weekBoard", { from: times.dayAndMonth(monday), to: times.dayAndMonth(monday.add({ days: 6 })) })
      : t("board", { date: times.date(days?.[0]?.date ?? date) }),
  };
}

function totalsOf(days: readonly DayView[]): DayTotals {
  const sum = { booked: 0, arrived: 0, fulfilled: 0, cancelled: 0, noshow: 0 };
  for (const { totals } of days) {
    for (const key of Object.keys(sum) as (keyof DayTotals)[]) {
      sum[key] += totals[key];
    }
  }
  return sum;
}

/** Reads the days before and after ahead of time, so that stepping to them shows them at once. */
function useNeighboursReady(date: CalendarDate, isDay: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (!isDay) {
      return;
    }
    for (const days of [-1, 1]) {
      client.prefetchQuery(dayQuery(date.add({ days }).toString()));
    }
  }, [client, date, isDay]);
}
