import { parseDate } from "@internationalized/date";
import { expect, test } from "vitest";

import { readMoment, readTime } from "./moments";

/** A Monday. */
const today = parseDate("2026-11-23");

const said = (typed: string, language: "en" | "fr" = "en") => {
  const moment = readMoment(typed, today, language);
  return moment && [moment.date?.toString(), moment.minute];
};

test.each([
  ["tue 4pm", ["2026-11-24", 960]],
  ["Tuesday at 4:15 pm", ["2026-11-24", 975]],
  ["mon", ["2026-11-30", undefined]],
  ["+2w", ["2026-12-07", undefined]],
  ["+ 3 d", ["2026-11-26", undefined]],
  ["+10", ["2026-12-03", undefined]],
  ["-1w", ["2026-11-16", undefined]],
  ["+1m 9:30", ["2026-12-23", 570]],
  ["tomorrow noon", ["2026-11-24", 720]],
  ["3 dec", ["2026-12-03", undefined]],
  ["Dec. 3rd", ["2026-12-03", undefined]],
  ["dec 3 2027 12am", ["2027-12-03", 0]],
  ["mar 3", ["2027-03-03", undefined]],
  ["nov 20", ["2026-11-20", undefined]],
  ["2026-12-03 16:00", ["2026-12-03", 960]],
  ["16:00", [undefined, 960]],
  ["vendredi", ["2026-11-27", undefined]],
])("%s is understood", (typed, moment) => {
  expect(said(typed)).toEqual(moment);
});

test.each([
  ["mar 16h", ["2026-11-24", 960]],
  ["mardi 16 h 30", ["2026-11-24", 990]],
  ["le 3 décembre à 9h05", ["2026-12-03", 545]],
  ["1er août", ["2027-08-01", undefined]],
  ["demain midi", ["2026-11-24", 720]],
  ["+2s", ["2026-12-07", undefined]],
  ["12 mars", ["2027-03-12", undefined]],
])("« %s » est compris", (typed, moment) => {
  expect(said(typed, "fr")).toEqual(moment);
});

test.each([
  "",
  "   ",
  "anna",
  "31 feb",
  "2026-02-30",
  "25:00",
  "13pm",
  "tue wed",
  "4",
  "+2x",
  "3 dec dec",
  "dec",
])("%j is not understood, rather than half", (typed) => {
  expect(said(typed)).toBeUndefined();
});

test.each([
  ["9", 540],
  ["930", 570],
  ["9 30", 570],
  ["9.30", 570],
  ["1430", 870],
  ["0:05", 5],
  ["16h", 960],
  ["16\u00a0h\u00a030", 990],
  ["4pm", 960],
  ["12 am", 0],
  ["noon", 720],
  ["24", undefined],
  ["93", undefined],
  ["9:75", undefined],
  ["tue", undefined],
  ["9 to 5", undefined],
  ["", undefined],
])("a time alone may be typed as %s", (typed, minute) => {
  expect(readTime(typed)).toBe(minute);
});

test.each([
  ["4", 615, 240],
  ["4", 900, 960],
  ["430", 1440, 990],
  ["12", 540, 0],
  ["12", 900, 720],
  ["4am", 900, 240],
  ["16", 540, 960],
])("on a clock of twelve hours %s stays in the half of the day of minute %i", (typed, near, minute) => {
  expect(readTime(typed, near)).toBe(minute);
});
