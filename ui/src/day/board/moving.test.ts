import { expect, test } from "vitest";

import { appointment, practitioner } from "../../test/days";
import { lengthTo, onGrid, stepped, verdictOf } from "./moving";

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
  const starts = [
    {
      practitioner: "anna",
      stretches: [
        { from_minute: 0, to_minute: 465, state: "illegal" as const, words: "closed" },
        { from_minute: 480, to_minute: 600, state: "legal" as const, words: "" },
      ],
    },
  ];
  expect(verdictOf(starts, "anna", 465)?.words).toBe("closed");
  expect(verdictOf(starts, "anna", 480)?.state).toBe("legal");
  expect(verdictOf(starts, "anna", 615)).toBeUndefined();
  expect(verdictOf(starts, "bo", 480)).toBeUndefined();
  expect(verdictOf(undefined, "anna", 480)).toBeUndefined();
});

test("arrows step by slots and between practitioners, and stay within the day", () => {
  const columns = [practitioner(), practitioner({ id: "bo" })];
  const moving = {
    appointment: appointment(),
    practitioner: "anna",
    minute: 540,
    minutes: 45,
    isResize: false,
    grip: undefined,
  };
  expect(stepped(moving, "ArrowDown", columns, 15).minute).toBe(555);
  expect(stepped(moving, "ArrowUp", columns, 15).minute).toBe(525);
  expect(stepped({ ...moving, minute: 0 }, "ArrowUp", columns, 15).minute).toBe(0);
  expect(stepped(moving, "ArrowRight", columns, 15).practitioner).toBe("bo");
  expect(stepped(moving, "ArrowLeft", columns, 15).practitioner).toBe("anna");
});

test("an end is moved by slots, never before the first, and nowhere else", () => {
  const columns = [practitioner(), practitioner({ id: "bo" })];
  const moving = {
    appointment: appointment(),
    practitioner: "anna",
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
