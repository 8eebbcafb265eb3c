/** Which part of a day somebody can come, as it is said. */

import { useTranslations } from "use-intl";

import type { DaySpan } from "../lib/api";
import { END_OF_DAY, useTimes } from "../lib/times";

/** The ways to say it. */
export const WHEN = ["all", "before", "after", "between"] as const;

/** One of them. */
export type When = (typeof WHEN)[number];

/** How a part of a day is said: midnight is no time to come, but the end of the day. */
export function whenOf({ from_minute, to_minute }: DaySpan): When {
  const isFromStart = from_minute === 0;
  const isToEnd = to_minute === END_OF_DAY;
  return isFromStart ? (isToEnd ? "all" : "before") : isToEnd ? "after" : "between";
}

/** A part of a day said another way; the times that it has stay, and usual ones stand for those it has not. */
export function turned({ from_minute, to_minute }: DaySpan, when: When): DaySpan {
  const from = from_minute === 0 ? undefined : from_minute;
  const to = to_minute === END_OF_DAY ? undefined : to_minute;
  const spans: Record<When, DaySpan> = {
    all: { from_minute: 0, to_minute: END_OF_DAY },
    before: { from_minute: 0, to_minute: to ?? 720 },
    after: { from_minute: from ?? 720, to_minute: END_OF_DAY },
    between: {
      from_minute: from ?? Math.max(1, Math.min(540, (to ?? 1020) - 60)),
      to_minute: to ?? Math.min(END_OF_DAY - 1, Math.max(1020, (from ?? 540) + 60)),
    },
  };
  return spans[when];
}

/** Says a part of a day: `All day`, `After 16:00`, `09:00–12:00`. */
export function useWhenWords() {
  const t = useTranslations("patients");
  const { time, stretch } = useTimes();
  return (span: DaySpan) => {
    const said: Record<When, () => string> = {
      all: () => t("allDay"),
      before: () => t("beforeTime", { time: time(span.to_minute) }),
      after: () => t("afterTime", { time: time(span.from_minute) }),
      between: () => stretch(span),
    };
    return said[whenOf(span)]();
  };
}
