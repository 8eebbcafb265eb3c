import { expect, test } from "vitest";

import { appointment, dayView, practitioner } from "../../test/days";
import {
  chosenColumns,
  dayColumns,
  type Filters,
  isAside,
  isNamed,
  leastWidth,
  weekColumns,
} from "./columns";

const visit = (id: string, from_minute: number, to_minute: number, changes = {}) =>
  appointment({ id, from_minute, to_minute, ...changes });
const nothing: Filters = { hiddenPractitioners: [], hiddenDisciplines: [], hiddenRooms: [] };

/** The week of 23 November 2026, of one practitioner who has visits on two days and works on four. */
const week = (saturday: boolean) =>
  ["23", "24", "25", "26", "27", "28", "29"].map((day, at) =>
    dayView(
      `2026-11-${day}`,
      at < 4 || (saturday && at === 5)
        ? [practitioner({ appointments: at < 2 ? [visit(`v${at}`, 540, 600)] : [] })]
        : [],
    ),
  );

test("a practitioner that did not change keeps the column, so that it is not drawn again", () => {
  const anna = practitioner();
  const before = dayColumns(dayView("2026-11-23", [anna, practitioner({ id: "bo" })]));
  const after = dayColumns(dayView("2026-11-23", [anna, practitioner({ id: "bo", name: "Bo" })]));
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(dayColumns(dayView("2026-11-24", [anna]))[0]?.date).toBe("2026-11-24");
});

test("a week has its working days, and the end of the week where something is on", () => {
  const of = { kind: "practitioner" as const, id: "anna" };
  const columns = weekColumns(week(false), of, (date) => date);
  expect(columns.map(({ key }) => key)).toEqual(
    week(false)
      .slice(0, 5)
      .map(({ date }) => date),
  );
  expect(columns[0]).toMatchObject({ practitioner: "anna", room: undefined });
  expect(columns[4]?.working).toEqual([]);
  expect(weekColumns(week(true), of, (date) => date)).toHaveLength(6);
});

test("the week of a room has no hours of its own, and tells who treats", () => {
  const days = week(false).map((day) => ({ ...day, closed: day.date.endsWith("26") ? "Holiday" : null }));
  const [monday, , , thursday] = weekColumns(days, { kind: "room", id: "one" }, (date) => date);
  expect(monday?.working).toBeUndefined();
  expect(monday?.practitioner).toBeUndefined();
  expect(monday?.appointments[0]).toMatchObject({ practitioner: "anna", practitioner_name: "Anna Alvarez" });
  expect(thursday?.closed).toBe("Holiday");
});

test("what is left out are columns, and never time that is taken", () => {
  const view = dayView("2026-11-23", [
    practitioner({ id: "anna", disciplines: ["physio"] }),
    practitioner({ id: "bo", disciplines: ["massage"] }),
    practitioner({ id: "cy", disciplines: ["physio", "massage"] }),
  ]);
  const keys = (filters: Partial<Filters>) =>
    chosenColumns(dayColumns(view), { ...nothing, ...filters }, view.disciplines).map(({ key }) => key);
  expect(keys({})).toEqual(["anna", "bo", "cy"]);
  expect(keys({ hiddenPractitioners: ["bo"] })).toEqual(["anna", "cy"]);
  expect(keys({ hiddenDisciplines: ["massage"] })).toEqual(["anna", "cy"]);
  const aside = { hiddenDisciplines: ["massage"], hiddenRooms: ["one"] };
  expect(isAside(appointment({ discipline: "massage", room_id: null }), aside)).toBe(true);
  expect(isAside(appointment({ discipline: "physio", room_id: "one" }), aside)).toBe(true);
  expect(isAside(appointment({ discipline: "physio", room_id: "two" }), aside)).toBe(false);
});

test.each([
  ["anna", true],
  ["alv an", true],
  ["ALVÁ", true],
  ["nna", false],
  ["anna bo", false],
])("Anna Alvarez is found by %s: %s", (typed, isFound) => {
  expect(isNamed("Anna Álvarez", typed)).toBe(isFound);
});

test("visits side by side widen their column, so that their names can be read", () => {
  const [alone, beside] = dayColumns(
    dayView("2026-11-23", [
      practitioner({ id: "one", appointments: [visit("a", 540, 600), visit("b", 600, 660)] }),
      practitioner({ id: "two", appointments: [visit("c", 540, 600), visit("d", 570, 660)] }),
    ]),
  );
  expect([alone, beside].map((column) => column && leastWidth(column, 110, 88))).toEqual([110, 176]);
});
