import { expect, test } from "vitest";

import { appointment, column } from "../../test/days";
import { isSamePlace, lengthTo, onGrid, stepped, verdictOf } from "./moving";
import { pullOf } from "./use-columns-measured";

const visit = { ...appointment(), practitioner: "anna", practitioner_name: "Anna Alvarez" };

test.each([
  [607, 15, 600],
  [608, 15, 615],
  [-40, 15, 0],
  [2000, 15, 1425],
  [3, 5, 5],
])("minute %i on a grid of %i is %i", (minute, slot, start) => {
  expect(onGrid(minute, slot)).toBe(start);
});

test("a start is judged by the stretch that it lies in", () => {
  const starts = new Map([
    [
      "anna",
      [
        { from_minute: 0, to_minute: 465, state: "illegal" as const, words: "closed" },
        { from_minute: 480, to_minute: 600, state: "legal" as const, words: "" },
      ],
    ],
  ]);
  expect(verdictOf(starts, "anna", 465)?.words).toBe("closed");
  expect(verdictOf(starts, "anna", 480)?.state).toBe("legal");
  expect(verdictOf(starts, "anna", 615)).toBeUndefined();
  expect(verdictOf(starts, "bo", 480)).toBeUndefined();
  expect(verdictOf(undefined, "anna", 480)).toBeUndefined();
});

test("arrows step by slots and between practitioners, and stay within the day", () => {
  const columns = [column(), column([], { key: "bo" })];
  const moving = {
    appointment: visit,
    column: "anna",
    minute: 540,
    minutes: 45,
    isResize: false,
    grip: undefined,
  };
  expect(stepped(moving, "ArrowDown", columns, 15).minute).toBe(555);
  expect(stepped(moving, "ArrowUp", columns, 15).minute).toBe(525);
  expect(stepped({ ...moving, minute: 0 }, "ArrowUp", columns, 15).minute).toBe(0);
  expect(stepped(moving, "ArrowRight", columns, 15).column).toBe("bo");
  expect(stepped(moving, "ArrowLeft", columns, 15).column).toBe("anna");
});

test("an end is moved by slots, never before the first, and nowhere else", () => {
  const columns = [column(), column([], { key: "bo" })];
  const moving = {
    appointment: visit,
    column: "anna",
    minute: 540,
    minutes: 30,
    isResize: true,
    grip: undefined,
  };
  expect(stepped(moving, "ArrowDown", columns, 15)).toMatchObject({ minute: 540, minutes: 45 });
  expect(stepped({ ...moving, minutes: 15 }, "ArrowUp", columns, 15).minutes).toBe(15);
  expect(stepped(moving, "ArrowRight", columns, 15)).toEqual(moving);
});

test.each([
  [607, 60],
  [608, 75],
  [500, 15],
])("dragged to minute %i a visit from 540 lasts %i minutes", (minute, minutes) => {
  expect(lengthTo(minute, 540, 15)).toBe(minutes);
});

test("the same place is no step", () => {
  const here = { appointment: visit, column: "anna", minute: 540, minutes: 60, isResize: false, grip: 5 };
  expect(isSamePlace(here, { ...here, grip: undefined })).toBe(true);
  for (const other of [{ column: "bo" }, { minute: 555 }, { minutes: 45 }]) {
    expect(isSamePlace(here, { ...here, ...other })).toBe(false);
  }
});

test("the board scrolls near its edges, faster the nearer, and not in its middle", () => {
  expect(pullOf(300, 100, 700)).toBe(0);
  expect(pullOf(690, 100, 700)).toBeGreaterThan(pullOf(665, 100, 700));
  expect(pullOf(110, 100, 700)).toBeLessThan(0);
  expect(pullOf(2000, 100, 700)).toBe(16);
  expect(pullOf(-500, 100, 700)).toBe(-16);
});
