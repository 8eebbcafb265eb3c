import { expect, test } from "vitest";

import { appointment, column } from "../../test/days";
import { hoursShown, lanesOf, linesIn, neighbour, notWorking, reaching } from "./layout";

const visit = (id: string, from_minute: number, to_minute: number, changes = {}) =>
  appointment({ id, from_minute, to_minute, ...changes });

test("overlapping visits stand side by side, others keep the whole width", () => {
  const laned = lanesOf([
    visit("a", 540, 600),
    visit("b", 570, 630),
    visit("c", 600, 660),
    visit("d", 660, 700),
  ]);
  expect(laned.map(({ appointment, lane, lanes }) => [appointment.id, lane, lanes])).toEqual([
    ["a", 0, 2],
    ["b", 1, 2],
    ["c", 0, 2],
    ["d", 0, 1],
  ]);
});

test("a visit that takes place stands before one that was called off at the same time", () => {
  const laned = lanesOf([visit("off", 540, 600, { status: "cancelled" }), visit("on", 540, 570)]);
  expect(laned.map(({ appointment }) => appointment.id)).toEqual(["on", "off"]);
});

test("lanes never overlap within themselves", () => {
  let seed = 7;
  const next = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  for (let round = 0; round < 200; round += 1) {
    const visits = Array.from({ length: next(12) }, (_, at) => {
      const from = next(600);
      return visit(String(at), from, from + 1 + next(120));
    });
    const laned = lanesOf(visits);
    expect(laned.length).toBe(visits.length);
    for (const one of laned) {
      expect(one.lane).toBeLessThan(one.lanes);
      for (const other of laned) {
        const together =
          one.appointment.from_minute < other.appointment.to_minute &&
          other.appointment.from_minute < one.appointment.to_minute;
        if (one !== other && together) {
          expect(one.lane).not.toBe(other.lane);
          expect(one.lanes).toBe(other.lanes);
        }
      }
    }
  }
});

test("the hours widen for what lies outside them", () => {
  expect(hoursShown([])).toEqual({ from_minute: 480, to_minute: 1080 });
  const late = column([visit("late", 1150, 1215)]);
  const early = column([], { working: [{ from_minute: 425, to_minute: 700 }] });
  expect(hoursShown([late, early, column([], { working: undefined })])).toEqual({
    from_minute: 420,
    to_minute: 1260,
  });
});

test("what is not worked is the rest of the day", () => {
  const shown = { from_minute: 480, to_minute: 1080 };
  const stretch = (from_minute: number, to_minute: number) => ({ from_minute, to_minute });
  expect(notWorking([stretch(780, 900), stretch(480, 720)], shown)).toEqual([
    stretch(720, 780),
    stretch(900, 1080),
  ]);
  expect(notWorking([], shown)).toEqual([shown]);
  expect(notWorking([stretch(300, 1200)], shown)).toEqual([]);
});

test("arrows lead along a column and to the nearest in time beside it", () => {
  const columns = [
    column([visit("a", 540, 600), visit("b", 600, 660)]),
    column(),
    column([visit("c", 480, 500), visit("d", 610, 640)]),
  ];
  expect(neighbour(columns, "a", "ArrowDown")).toBe("b");
  expect(neighbour(columns, "a", "ArrowUp")).toBeUndefined();
  expect(neighbour(columns, "b", "ArrowRight")).toBe("d");
  expect(neighbour(columns, "d", "ArrowLeft")).toBe("b");
  expect(neighbour(columns, "d", "ArrowRight")).toBeUndefined();
  expect(neighbour(columns, "gone", "ArrowDown")).toBeUndefined();
});

test("a card of twenty minutes holds two lines at the size that the board opens with", () => {
  expect(linesIn((20 * 96) / 60 - 2, "compact")).toBe(2);
  expect(linesIn((15 * 96) / 60 - 2, "compact")).toBe(1);
  expect(linesIn((45 * 96) / 60 - 2, "compact")).toBe(3);
  expect(linesIn((20 * 96) / 60 - 2, "comfortable")).toBe(1);
});

test("the hours of the board reach to where a visit is held, and no further than the day", () => {
  const hours = { from_minute: 480, to_minute: 1080 };
  expect(reaching(hours, { minute: 600, minutes: 60 })).toBe(hours);
  expect(reaching(hours, { minute: 450, minutes: 60 })).toEqual({ from_minute: 450, to_minute: 1080 });
  expect(reaching(hours, { minute: 1425, minutes: 60 })).toEqual({ from_minute: 480, to_minute: 1440 });
});
