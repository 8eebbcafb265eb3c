import { parseDate } from "@internationalized/date";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { preferences } from "../frame/preferences";
import { currentDate } from "../lib/today";
import { appointment, dayView, practitioner } from "../test/days";
import { answerCommands, Refusal } from "../test/program";
import { DayScreen } from "./day-screen";

const show = () =>
  render(
    <Surroundings>
      <DayScreen />
    </Surroundings>,
  );

const rooms = [
  { id: "one", name: "Room 1" },
  { id: "two", name: "Room 2" },
];
const visit = (date: string) =>
  appointment({ id: `visit-${date}`, patient_name: `Patient ${date}`, room: "Room 1", room_id: "one" });
const dayOf = (date: string) => dayView(date, [practitioner({ appointments: [visit(date)] })], { rooms });

/** The week of a date, with a visit on each of its first three days. */
function weekOf(date: string) {
  const asked = parseDate(date);
  const monday = asked.subtract({ days: (asked.toDate("UTC").getUTCDay() + 6) % 7 });
  return [0, 1, 2, 3, 4, 5, 6].map((days) => {
    const on = monday.add({ days }).toString();
    return dayView(on, days < 3 ? [practitioner({ appointments: [visit(on)] })] : [], { rooms });
  });
}

const answers = {
  day: ({ date }: Record<string, unknown>) => dayOf(String(date)),
  week: ({ date }: Record<string, unknown>) => weekOf(String(date)),
  practitioners: () => [
    { id: "anna", name: "Anna Alvarez", disciplines: [] },
    { id: "bo", name: "Bo Brown", disciplines: [] },
  ],
  services: () => [{ id: "massage", name: "Massage", minutes: 60, practitioners: ["anna", "bo"] }],
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 25, 10) });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a key shows the week of a practitioner, arrows step by weeks, another key leads back", async () => {
  const calls = answerCommands(answers);
  show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.keyboard("w");
  const board = await screen.findByRole("region", { name: "Week board, Nov 23 to Nov 29" });
  within(board).getByRole("list", { name: "Appointments of Mon, Nov 23" });
  expect(within(board).getAllByRole("button", { name: /, booked/ })).toHaveLength(3);
  expect(within(board).queryByRole("list", { name: "Appointments of Sat, Nov 28" })).toBeNull();
  expect(calls.find(({ command }) => command === "week")?.values).toEqual({
    date: "2026-11-23",
    practitioner: "anna",
    room: null,
  });
  await userEvent.keyboard("{ArrowRight}");
  await screen.findByRole("region", { name: "Week board, Nov 30 to Dec 6" });
  await userEvent.keyboard("d");
  await screen.findByText("Patient 2026-12-02");
  expect(preferences()).toMatchObject({ isWeek: false, weekOf: { kind: "practitioner", id: "anna" } });
});

/** The visit that has the keyboard, or what else does. */
const at = () => {
  const { dataset, tagName } = document.activeElement as HTMLElement;
  return dataset.appointment ?? tagName;
};

/** Shows the week from its day and gives the keyboard to a visit of it. */
async function walkToVisit(date: string) {
  await screen.findByText(`Patient ${date}`);
  screen.getByRole("button", { name: new RegExp(`Patient ${date}`) }).focus();
  expect(at()).toBe(`visit-${date}`);
}

test("the keyboard stays at its visit from day to week and back, else on the board", async () => {
  answerCommands(answers);
  show();
  await walkToVisit("2026-11-25");
  await userEvent.keyboard("w");
  await screen.findByText("Patient 2026-11-24");
  await waitFor(() => expect(at()).toBe("visit-2026-11-25"));
  await userEvent.keyboard("d");
  await waitFor(() => expect(screen.queryByText("Patient 2026-11-24")).toBeNull());
  await waitFor(() => expect(at()).toBe("visit-2026-11-25"));
  await userEvent.keyboard("w");
  await walkToVisit("2026-11-24");
  await userEvent.keyboard("d");
  await waitFor(() => expect(screen.queryByText("Patient 2026-11-24")).toBeNull());
  await waitFor(() => expect(at()).toBe("SECTION"));
});

test("the keyboard waits for a day that is still on its way, and leaves alone whoever went elsewhere", async () => {
  let give = () => {};
  answerCommands({
    ...answers,
    day: ({ date }) =>
      date === "2026-12-02"
        ? new Promise((found) => {
            give = () => found(dayOf("2026-12-02"));
          })
        : dayOf(String(date)),
  });
  show();
  await walkToVisit("2026-11-25");
  await userEvent.keyboard("w");
  await screen.findByText("Patient 2026-11-24");
  await userEvent.click(screen.getByRole("button", { name: "Next week" }));
  await walkToVisit("2026-12-02");
  await userEvent.keyboard("d");
  await waitFor(() => expect(screen.queryByText("Patient 2026-12-01")).toBeNull());
  expect(document.activeElement).toBe(document.body);
  give();
  await waitFor(() => expect(at()).toBe("visit-2026-12-02"));
  // Pressing where nothing is gives the keyboard up.
  act(() => (document.activeElement as HTMLElement).blur());
  await userEvent.keyboard("w");
  await screen.findByText("Patient 2026-12-01");
  expect(document.activeElement).toBe(document.body);
});

test("the week is chosen by mouse, of a room too, and is kept", async () => {
  const calls = answerCommands(answers);
  const { unmount } = show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.click(screen.getByRole("button", { name: "Week" }));
  await screen.findByRole("region", { name: /^Week board/ });
  await userEvent.click(screen.getByRole("button", { name: /Whose week/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Room 2" }));
  await screen.findByRole("region", { name: /^Week board/ });
  expect(calls.at(-1)?.values).toMatchObject({ practitioner: null, room: "two" });
  // Who treats is what differs among the visits of a room.
  screen.getByRole("button", { name: /Patient 2026-11-23.*, Anna Alvarez$/ });
  unmount();
  show();
  await screen.findByRole("region", { name: /^Week board/ });
});

test("a practitioner's name leads to the week, a day's name to the day", async () => {
  answerCommands(answers);
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Anna Alvarez, open the week" }));
  await userEvent.click(await screen.findByRole("button", { name: "Tue, Nov 24, open the day" }));
  await screen.findByRole("region", { name: /Day board, Tuesday, November 24/ });
});

test("a visit is moved to another day of the week by keys, with what the rules say of that day", async () => {
  const calls = answerCommands({
    ...answers,
    week_starts: ({ date }) =>
      weekOf(String(date)).map(({ date: on }) => ({
        date: on,
        stretches: [
          {
            from_minute: 0,
            to_minute: 1425,
            state: on.endsWith("24") ? "legal" : "illegal",
            words: on.endsWith("24") ? "" : "the clinic is closed",
          },
        ],
      })),
    place_visit: () => ({ entry: 3, words: "visit moved" }),
  });
  show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.keyboard("w");
  (await screen.findByRole("button", { name: /Patient 2026-11-23/ })).focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await screen.findByText("09:00 with Tue, Nov 24: possible");
  await userEvent.keyboard("{Enter}");
  await screen.findByText("visit moved");
  expect(calls.find(({ command }) => command === "place_visit")?.values).toMatchObject({
    id: "visit-2026-11-23",
    place: { date: "2026-11-24", minute: 540, practitioner: "anna", room: null },
  });
});

test("a visit that is dropped before the starts are known is weighed by itself", async () => {
  const calls = answerCommands({
    ...answers,
    week_starts: () => new Promise(() => {}),
    weigh: () => ({
      state: "legal",
      broken: [],
      to_minute: 600,
      room: null,
      rooms: [],
      before: null,
      after: null,
    }),
    place_visit: () => ({ entry: 3, words: "visit moved" }),
  });
  show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.keyboard("w");
  (await screen.findByRole("button", { name: /Patient 2026-11-23/ })).focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}{Enter}");
  await screen.findByText("visit moved");
  expect(calls.find(({ command }) => command === "weigh")?.values).toMatchObject({
    place: { date: "2026-11-24", minute: 540, practitioner: "anna" },
  });
});

test("a week of somebody who is gone gives way to the day of everybody", async () => {
  localStorage.setItem(
    "ordo.preferences",
    JSON.stringify({ isWeek: true, weekOf: { kind: "practitioner", id: "gone" } }),
  );
  answerCommands({
    ...answers,
    week: () => {
      throw new Refusal("not-found", "there is no practitioner gone");
    },
  });
  show();
  await screen.findByText("Patient 2026-11-25");
  expect(preferences()).toMatchObject({ isWeek: false, weekOf: null });
});

test("typing narrows the board to a practitioner, and Escape widens it", async () => {
  answerCommands({
    ...answers,
    day: ({ date }) => dayView(String(date), [practitioner(), practitioner({ id: "bo", name: "Bo Brown" })]),
  });
  show();
  await screen.findByRole("list", { name: "Appointments of Bo Brown" });
  await userEvent.keyboard("/bo");
  expect(screen.queryByRole("list", { name: "Appointments of Anna Alvarez" })).toBeNull();
  screen.getByRole("list", { name: "Appointments of Bo Brown" });
  await userEvent.keyboard("x");
  screen.getByText("Nobody is called that.");
  screen.getByRole("list", { name: "Appointments of Anna Alvarez" });
  await userEvent.keyboard("{Escape}");
  screen.getByRole("list", { name: "Appointments of Anna Alvarez" });
});

test("the next free start is shown where it lies, the one after it by the same key, and is booked there", async () => {
  const calls = answerCommands({
    ...answers,
    next_free: ({ date, minute }) => ({
      date: minute === 0 ? "2026-11-26" : "2026-11-27",
      minute: 600,
      minutes: 60,
      practitioner: "anna",
      practitioner_name: "Anna Alvarez",
      after: date,
    }),
    search_patients: () => ({ hits: [], recent: 0, of: 0 }),
  });
  show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.keyboard("f");
  const bar = await screen.findByRole("region", { name: "Next free" });
  await within(bar).findByText("Thu, Nov 26, 10:00");
  await screen.findByText("Patient 2026-11-26");
  await userEvent.keyboard("f");
  await within(bar).findByText("Fri, Nov 27, 10:00");
  expect(calls.filter(({ command }) => command === "next_free").map(({ values }) => values)).toEqual([
    { service: "massage", practitioner: null, date: "2026-11-25", minute: 0 },
    { service: "massage", practitioner: null, date: "2026-11-26", minute: 600 },
  ]);
  await userEvent.click(within(bar).getByRole("button", { name: "Book here" }));
  const dialog = await screen.findByRole("dialog", { name: "New visit" });
  within(dialog).getByText("Friday, November 27, 2026");
});

test("a date is gone to in words, and the month marks what is full or closed", async () => {
  answerCommands({
    ...answers,
    date_marks: () => [
      { date: "2026-11-25", kind: "full", closed: "" },
      { date: "2026-11-26", kind: "closed", closed: "Moving day" },
    ],
  });
  show();
  await screen.findByText("Patient 2026-11-25");
  await userEvent.keyboard("g");
  const dialog = await screen.findByRole("dialog", { name: "Choose a date" });
  await within(dialog).findByText(/Nov 25: full/);
  const field = within(dialog).getByLabelText("Go to a date");
  await userEvent.type(field, "+1w");
  within(dialog).getByText("Wed, Dec 2");
  await userEvent.type(field, "{Enter}");
  await screen.findByText("Patient 2026-12-02");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the card of a visit shows when the focus rests on it, and Escape puts it away", async () => {
  vi.useRealTimers();
  const today = currentDate().toString();
  answerCommands({
    ...answers,
    day: () =>
      dayView(today, [
        practitioner({
          appointments: [
            appointment({
              patient_name: "Zoë Kowalczyk",
              first_visit: true,
              series_position: { number: 3, of: 8 },
            }),
          ],
        }),
      ]),
    visit: () => ({
      phone: "416 555 0143",
      note: "left knee",
      override_reason: "",
      cancel_reason: "",
      series: { position: { number: 3, of: 8 }, next: "2099-12-02T10:00:00" },
    }),
  });
  show();
  await screen.findByRole("button", { name: /Zoë Kowalczyk.*visit 3 of 8, first visit/ });
  await userEvent.tab();
  while (!document.activeElement?.hasAttribute("data-appointment")) {
    await userEvent.tab();
  }
  const card = await screen.findByRole("tooltip");
  await within(card).findByText("Phone 416 555 0143");
  within(card).getByText("left knee");
  within(card).getByText("first visit");
  within(card).getByText(/Next of the series: .*Dec 2/);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
  expect(document.activeElement?.hasAttribute("data-appointment")).toBe(true);
});
