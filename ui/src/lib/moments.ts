/**
 * Dates and times as people type them: `tue 4pm`, `+2w`, `mar 16h`, `3 dec`, `2026-12-03`, `tomorrow`. The one place
 * where typed text becomes a date; what no word of it explains is not understood at all.
 */

import { CalendarDate } from "@internationalized/date";

/** What was typed: a date, a time of day in minutes from midnight, or both. */
export interface Moment {
  date?: CalendarDate;
  minute?: number;
}

/** Both languages are understood whichever is chosen; only `mar` differs: a Tuesday in French, March in English. */
export type MomentLanguage = "en" | "fr";

const weekdays = [
  ["mo", "mon", "monday", "lu", "lun", "lundi"],
  ["tu", "tue", "tues", "tuesday", "mardi"],
  ["we", "wed", "wednesday", "me", "mer", "mercredi"],
  ["th", "thu", "thur", "thurs", "thursday", "je", "jeu", "jeudi"],
  ["fr", "fri", "friday", "ve", "ven", "vendredi"],
  ["sa", "sat", "saturday", "sam", "samedi"],
  ["su", "sun", "sunday", "di", "dim", "dimanche"],
];
const months = [
  ["jan", "january", "janv", "janvier"],
  ["feb", "february", "fev", "fevr", "fevrier"],
  ["march", "mars"],
  ["apr", "april", "avr", "avril"],
  ["may", "mai"],
  ["jun", "june", "juin"],
  ["jul", "july", "juil", "juillet"],
  ["aug", "august", "aout"],
  ["sep", "sept", "september", "septembre"],
  ["oct", "october", "octobre"],
  ["nov", "november", "novembre"],
  ["dec", "december", "decembre"],
];
const near: Record<string, number> = {
  today: 0,
  auj: 0,
  "aujourd'hui": 0,
  tomorrow: 1,
  tom: 1,
  demain: 1,
  yesterday: -1,
  hier: -1,
};
/** Words that say nothing by themselves. */
const filler = new Set(["at", "a", "on", "le", "de", "of", "the", "next", "prochain"]);
const units: Record<string, "days" | "weeks" | "months"> = {
  d: "days",
  j: "days",
  w: "weeks",
  s: "weeks",
  sem: "weeks",
  m: "months",
};

/** Reads a moment; `today` is what `+2w` and a weekday without a date count from. Nothing when it makes no sense. */
export function readMoment(typed: string, today: CalendarDate, language: MomentLanguage): Moment | undefined {
  const words = plain(typed)
    // `4 pm`, `16 h 30` and `+ 2 w` are one word each.
    .replace(
      /(\d)\s*(am|pm|a\.m\.|p\.m\.)/gu,
      (_, digit: string, half: string) => digit + half.replace(/\./gu, ""),
    )
    .replace(/(\d)\s+h(?:\s*(\d{2}))?(?=\s|$)/gu, "$1h$2")
    .replace(/([+-])\s*(\d+)\s*([a-z]+)/gu, "$1$2$3")
    .split(/[\s,]+/u)
    .map((word) => word.replace(/\.$/u, ""))
    .filter((word) => word !== "" && !filler.has(word));
  const moment: Moment = {};
  const rest: string[] = [];
  for (const word of words) {
    const minute = minuteOf(word);
    const date = dateOf(word, today, language);
    if (minute !== undefined && moment.minute === undefined) {
      moment.minute = minute;
    } else if (date && !moment.date) {
      moment.date = date;
    } else {
      rest.push(word);
    }
  }
  if (rest.length > 0 && !moment.date) {
    const date = dayOfMonth(rest, today, language);
    return date && { ...moment, date };
  }
  const isUnderstood = rest.length === 0 && (moment.date !== undefined || moment.minute !== undefined);
  return isUnderstood ? moment : undefined;
}

/**
 * Reads a time of day where nothing else is typed, also in digits alone: `9`, `930`, `9 30`, `16h`, `4pm`. An hour of a clock
 * of twelve that does not say which half of the day it means lies in the one of `near`, in minutes from midnight, if that is given.
 */
export function readTime(typed: string, near?: number): number | undefined {
  const text = plain(typed).trim();
  const [, hours, minutes = "0"] = /^(\d{1,2})[\s:.h]?(\d{2})?$/u.exec(text) ?? [];
  if (hours === undefined || text.includes("h")) {
    return readMoment(typed, noDay, "en")?.minute;
  }
  const [hour, minute] = [Number(hours), Number(minutes)];
  const isHalf = near !== undefined && hour >= 1 && hour <= 12;
  const whole = isHalf ? (hour % 12) + (near >= 720 ? 12 : 0) : hour;
  return hour < 24 && minute < 60 ? whole * 60 + minute : undefined;
}

/** What is typed in small letters without accents. */
const plain = (typed: string) =>
  typed
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/’/gu, "'");

/** A time of day is read without a day. */
const noDay = new CalendarDate(2000, 1, 1);

/** `16:30`, `16h`, `16h30`, `4pm`, `4:15pm`, `noon`, `midi`. */
function minuteOf(word: string): number | undefined {
  if (word === "noon" || word === "midi") {
    return 720;
  }
  const [, hours = "", minutes = "0", half] =
    /^(\d{1,2})(?::(\d{2}))(am|pm)?$/u.exec(word) ??
    /^(\d{1,2})h(\d{2})?$/u.exec(word) ??
    /^(\d{1,2})()(am|pm)$/u.exec(word) ??
    [];
  if (hours === "") {
    return undefined;
  }
  const hour = Number(hours);
  if (half && (hour < 1 || hour > 12)) {
    return undefined;
  }
  const minute = (half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour) * 60 + Number(minutes || 0);
  return hour < 24 && Number(minutes || 0) < 60 ? minute : undefined;
}

/** A date that is one word: `2026-12-03`, `tue`, `+2w`, `tomorrow`. */
function dateOf(word: string, today: CalendarDate, language: MomentLanguage): CalendarDate | undefined {
  const days = near[word];
  if (days !== undefined) {
    return today.add({ days });
  }
  const [, sign, count, unit] = /^([+-])(\d{1,3})([a-z]*)$/u.exec(word) ?? [];
  if (sign && count) {
    const named = unit === "" ? "days" : units[unit ?? ""];
    return named && today.add({ [named]: Number(count) * (sign === "-" ? -1 : 1) });
  }
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(word) ?? [];
  if (year && month && day) {
    return real(Number(year), Number(month), Number(day));
  }
  const weekday = weekdays.findIndex(
    (names) => names.includes(word) || (word === "mar" && language === "fr" && names.includes("mardi")),
  );
  if (weekday < 0) {
    return undefined;
  }
  const present = (today.toDate("UTC").getUTCDay() + 6) % 7;
  // A weekday is the next one; today's own name means a week from now.
  return today.add({ days: (weekday - present + 7) % 7 || 7 });
}

/** A day with its month, in either order, and perhaps a year: `3 dec`, `dec 3 2027`. */
function dayOfMonth(
  words: string[],
  today: CalendarDate,
  language: MomentLanguage,
): CalendarDate | undefined {
  const named = (word: string) =>
    word === "mar" && language === "en" ? 2 : months.findIndex((names) => names.includes(word));
  const month = words.map(named).find((index) => index >= 0);
  const numbers = words
    .filter((word) => named(word) < 0)
    .map((word) => /^(\d{1,4})(?:st|nd|rd|th|er)?$/u.exec(word)?.[1])
    .map((digits) => (digits === undefined ? Number.NaN : Number(digits)));
  const [day = Number.NaN, year] = numbers;
  const isWhole = month !== undefined && numbers.length === words.length - 1 && numbers.length <= 2;
  if (!isWhole || numbers.some(Number.isNaN)) {
    return undefined;
  }
  if (year !== undefined) {
    return real(year, month + 1, day);
  }
  const date = real(today.year, month + 1, day);
  // Dates without a year lie ahead, unless they lie only a little behind.
  const isLongAgo = date !== undefined && date.compare(today.subtract({ days: 60 })) < 0;
  return isLongAgo ? real(today.year + 1, month + 1, day) : date;
}

/** A date that the calendar has. */
function real(year: number, month: number, day: number): CalendarDate | undefined {
  const date = new CalendarDate(year, month, day);
  return year >= 1900 && year <= 2200 && date.month === month && date.day === day ? date : undefined;
}
