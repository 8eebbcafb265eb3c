/** How dates and times are written in the chosen language. */

import { type CalendarDate, parseDate } from "@internationalized/date";
import { type DateTimeFormatOptions, useFormatter, useLocale } from "use-intl";

import { type Preferences, usePreferences } from "../frame/preferences";
import type { Locale } from "../words/words";
import type { DaySpan } from "./api";
import { currentDate } from "./today";

/** The end of a day in minutes from midnight. */
export const END_OF_DAY = 1440;

/**
 * Minutes from midnight as a time: `09:05`, `9:05 am` where 12 hours are chosen, in French `9 h 05`, on one
 * line; minutes of the next day start over.
 */
export function timeOfDay(minute: number, locale: Locale, clock: Preferences["clock"] = "24"): string {
  const hours = Math.floor(minute / 60) % 24;
  const minutes = String(minute % 60).padStart(2, "0");
  if (locale === "fr") {
    return `${hours}\u00a0h\u00a0${minutes}`;
  }
  return clock === "12"
    ? `${hours % 12 || 12}:${minutes}\u00a0${hours < 12 ? "am" : "pm"}`
    : `${String(hours).padStart(2, "0")}:${minutes}`;
}

/** A time as short as it is still clear: `09:00`; on the hour `9 am` where 12 hours are chosen, in French `9 h`. */
export function shortTimeOfDay(minute: number, locale: Locale, clock: Preferences["clock"] = "24"): string {
  const said = timeOfDay(minute, locale, clock);
  return locale === "fr" ? said.replace(/\s00$/, "") : clock === "12" ? said.replace(":00", "") : said;
}

/** A local time such as `2026-11-23T10:00:00` taken apart. */
export function parts(local: string): { date: string; minute: number; year: number } {
  const [date = "", clock = "00:00"] = local.split("T");
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return { date, minute: hours * 60 + minutes, year: Number(date.slice(0, 4)) };
}

/** The first of a month is an ordinal in French, which the browser does not know: `1er décembre`, `1er–7 juin`. */
const withOrdinal = (said: string) => said.replace(/(?<!\d)1(?=\s\p{Letter}|\s?–)/gu, "1er");

/** Writes dates and times in the chosen language. */
export function useTimes() {
  const formatter = useFormatter();
  const locale = useLocale();
  const spelled = locale === "fr" ? withOrdinal : (said: string) => said;
  const format = {
    dateTime: (date: Date, options: DateTimeFormatOptions) => spelled(formatter.dateTime(date, options)),
    dateTimeRange: (from: Date, to: Date, options: DateTimeFormatOptions) =>
      spelled(formatter.dateTimeRange(from, to, options)),
  };
  const at = (date: CalendarDate | string) =>
    (typeof date === "string" ? parseDate(date) : date).toDate("UTC");
  const { clock } = usePreferences();
  const time = (minute: number) => timeOfDay(minute, locale, clock);
  return {
    time,
    /** A time where there is little room. */
    shortTime: (minute: number) => shortTimeOfDay(minute, locale, clock),
    /** A stretch where there is little room, as in `09:00–12:30` or `9 h–12 h 30`. */
    shortStretch: ({ from_minute, to_minute }: DaySpan) =>
      `${shortTimeOfDay(from_minute, locale, clock)}–${shortTimeOfDay(to_minute, locale, clock)}`,
    /** A stretch as in `09:00–12:30`. */
    stretch: ({ from_minute, to_minute }: DaySpan) => `${time(from_minute)}–${time(to_minute)}`,
    /** A whole date, as in `Monday, November 23, 2026`. */
    date: (date: CalendarDate | string) =>
      format.dateTime(at(date), {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      }),
    /** A date as a title, as in `Monday, November 23`; with the year where it is not this one. */
    dateTitle: (date: CalendarDate) =>
      format.dateTime(at(date), {
        weekday: "long",
        day: "numeric",
        month: "long",
        ...(date.year !== currentDate().year && { year: "numeric" }),
        timeZone: "UTC",
      }),
    /** A stretch of dates, as in `November 23 – 29, 2026`. */
    dateRange: (from: CalendarDate, to: CalendarDate) =>
      format.dateTimeRange(at(from), at(to), {
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      }),
    /** A short date, as in `Mon, Nov 23`. */
    shortDate: (date: CalendarDate | string) =>
      format.dateTime(at(date), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }),
    /** A date without its weekday, as in `Mar 12, 1984`. */
    plainDate: (date: CalendarDate | string) =>
      format.dateTime(at(date), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
    /** A date and time as in `Mon, Nov 23, 10:00`; with the year where it is not this one. */
    shortDateTime: (local: string) => {
      const { date, minute, year } = parts(local);
      const isThisYear = year === currentDate().year;
      const day = format.dateTime(at(date), {
        weekday: "short",
        day: "numeric",
        month: "short",
        ...(!isThisYear && { year: "numeric" }),
        timeZone: "UTC",
      });
      return `${day}, ${time(minute)}`;
    },
    /** The days of the week by name, from Monday. */
    weekdays: (width: "long" | "short") =>
      [5, 6, 7, 8, 9, 10, 11].map((day) =>
        format.dateTime(new Date(Date.UTC(2026, 0, day)), { weekday: width, timeZone: "UTC" }),
      ),
    /** A date without weekday and year, as in `Nov 23`. */
    dayAndMonth: (date: CalendarDate | string) =>
      format.dateTime(at(date), { day: "numeric", month: "short", timeZone: "UTC" }),
    weekday: (date: CalendarDate | string) => format.dateTime(at(date), { weekday: "long", timeZone: "UTC" }),
  };
}
