import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { useNavigation } from "../frame/navigation";
import { preferences } from "../frame/preferences";
import { appointment, dayView, practitioner } from "../test/days";
import { hit, hits, record } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { DayScreen } from "./day-screen";

const show = (children = <DayScreen />) => render(<Surroundings>{children}</Surroundings>);

const longDate = new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" });
const title = (date: string) => longDate.format(new Date(date));
const heading = (date: string) =>
  screen.findByRole("heading", { level: 1, name: title(date).replace(", 2026", "") });

/** A day with one appointment, whose patient is named after the date. */
const dayOf = (date: unknown) =>
  dayView(String(date), [practitioner({ appointments: [appointment({ patient_name: `Patient ${date}` })] })]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 23, 10) });
});
afterEach(() => {
  vi.useRealTimers();
});

test("today's appointments are listed under their practitioner", async () => {
  answerCommands({ day: ({ date }) => dayOf(date) });
  show();
  await heading("2026-11-23");
  const anna = await screen.findByRole("list", { name: "Appointments of Anna Alvarez" });
  expect(screen.getByText("08:00–12:00")).toBeDefined();
  within(anna).getByRole("button", { name: /^09:00 to 10:00, Patient 2026-11-23, Massage therapy 60 min/ });
});

test("buttons and keys step between days, and T comes back to today", async () => {
  answerCommands({ day: ({ date }) => dayOf(date) });
  show();
  await heading("2026-11-23");
  await userEvent.click(screen.getByRole("button", { name: "Next day" }));
  await heading("2026-11-24");
  await screen.findByText("Patient 2026-11-24");
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  await heading("2026-11-22");
  await screen.findByText("Patient 2026-11-22");
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}t");
  await heading("2026-11-23");
  await screen.findByText("Patient 2026-11-23");
});

test("keys that are typed or belong to a shortcut of the system do not move", async () => {
  answerCommands({ day: ({ date }) => dayOf(date) });
  show(
    <>
      <DayScreen />
      <input aria-label="Name" />
    </>,
  );
  await heading("2026-11-23");
  await userEvent.type(screen.getByLabelText("Name"), "t{ArrowRight}");
  await userEvent.click(document.body);
  await userEvent.keyboard("{Control>}{ArrowRight}{/Control}");
  await heading("2026-11-23");
});

test("the days around are read ahead", async () => {
  const calls = answerCommands({ day: ({ date }) => dayOf(date) });
  show();
  await screen.findByText("Patient 2026-11-23");
  const dates = calls
    .filter(({ command }) => command === "day")
    .map((call) => call.values.date)
    .sort();
  expect(dates).toEqual(["2026-11-22", "2026-11-23", "2026-11-24"]);
});

test("the day before the move is marked as such until the chosen one is here", async () => {
  let arrive = (_: unknown) => {};
  answerCommands({
    day: ({ date }) => (date === "2026-11-24" ? new Promise((resolve) => (arrive = resolve)) : dayOf(date)),
  });
  show();
  await screen.findByText("Patient 2026-11-23");
  await userEvent.keyboard("{ArrowRight}");
  await heading("2026-11-24");
  expect(
    screen.getByRole("region", { name: `Day board, ${title("2026-11-23")}` }).getAttribute("aria-busy"),
  ).toBe("true");
  arrive(dayOf("2026-11-24"));
  await screen.findByText("Patient 2026-11-24");
  expect(
    screen.getByRole("region", { name: `Day board, ${title("2026-11-24")}` }).getAttribute("aria-busy"),
  ).toBe("false");
});

test("an empty and a closed day say so and lead on", async () => {
  answerCommands({
    day: ({ date }) =>
      dayView(String(date), [], {
        weekday: "Sunday",
        closed: date === "2026-11-24" ? "Remembrance Day" : null,
      }),
  });
  show();
  await screen.findByRole("heading", { name: "Nobody works this Monday" });
  await userEvent.click(within(screen.getByRole("main")).getByRole("button", { name: "Next day" }));
  await screen.findByRole("heading", { name: "Closed: Remembrance Day" });
});

test("a refusal is shown in the program's words and can be tried again", async () => {
  let isMended = false;
  answerCommands({
    day: ({ date }) => {
      if (!isMended) {
        throw new Refusal("database", "The key does not open this clinic. Set ORDO_KEY.");
      }
      return dayOf(date);
    },
  });
  show();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The clinic could not be opened");
  expect(alert.textContent).toContain("The key does not open this clinic. Set ORDO_KEY.");
  isMended = true;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("Patient 2026-11-23");
});

test("the day in numbers leaves out what did not happen", async () => {
  const totals = { booked: 5, arrived: 1, fulfilled: 0, cancelled: 0, noshow: 0 };
  answerCommands({ day: ({ date }) => dayView(String(date), [practitioner()], { totals }) });
  show();
  const numbers = await screen.findByRole("list", { name: "The day in numbers" });
  expect(
    within(numbers)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["5 booked", "1 arrived"]);
});

test("arrows lead from visit to visit while one has the focus, and to other days otherwise", async () => {
  const visits = [
    appointment({ id: "a", patient_name: "Ana" }),
    appointment({ id: "b", patient_name: "Bo", from_minute: 600, to_minute: 660 }),
  ];
  const day = (date: unknown) =>
    dayView(String(date), [
      practitioner({ appointments: visits }),
      practitioner({ id: "bo", name: "Bo", appointments: [appointment({ id: "c", patient_name: "Cy" })] }),
    ]);
  answerCommands({ day: ({ date }) => day(date) });
  show();
  (await screen.findByRole("button", { name: /Ana/ })).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowRight}");
  expect(document.activeElement?.textContent).toContain("Cy");
  await heading("2026-11-23");
  expect(
    screen.getAllByRole("button", { name: /, booked/ }).filter((each) => each.tabIndex === 0),
  ).toHaveLength(1);
});

test("zoom makes the hours taller and is kept", async () => {
  answerCommands({ day: ({ date }) => dayOf(date) });
  show();
  await screen.findByRole("button", { name: /Patient 2026-11-23/ });
  await userEvent.keyboard("+");
  expect(preferences().hourHeight).toBe(132);
  await userEvent.click(screen.getByRole("button", { name: "Shorter" }));
  expect(preferences().hourHeight).toBe(96);
});

test("practitioners can be left out, but not all of them", async () => {
  answerCommands({
    day: ({ date }) =>
      dayView(String(date), [practitioner(), practitioner({ id: "bo", name: "Bo Brown", appointments: [] })]),
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Everybody" }));
  await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Bo Brown" }));
  expect(preferences().hiddenPractitioners).toEqual(["bo"]);
  expect(screen.queryByRole("list", { name: "Appointments of Bo Brown" })).toBeNull();
  await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "Anna Alvarez" }));
  expect(preferences().hiddenPractitioners).toEqual([]);
});

test("the day sheet is printed as lists", async () => {
  answerCommands({ day: ({ date }) => dayOf(date) });
  const printed: string[] = [];
  window.print = () => printed.push(document.body.textContent ?? "");
  show();
  const card = await screen.findByRole("button", { name: /Patient 2026-11-23/ });
  await userEvent.keyboard("p");
  expect(printed[0]).toContain("Riverside");
  expect(printed[0]).toContain("Patient 2026-11-23");
  // The board is where it was left: it is not drawn anew.
  expect(screen.getByRole("region", { name: `Day board, ${title("2026-11-23")}` }).contains(card)).toBe(true);
});

test("what is known of a visit stands on the day sheet in words", async () => {
  const known = appointment({ first_visit: true, overbooked: true, note: true, status: "arrived" });
  answerCommands({ day: ({ date }) => dayView(String(date), [practitioner({ appointments: [known] })]) });
  const printed: string[] = [];
  window.print = () => printed.push(document.body.textContent ?? "");
  show();
  await screen.findByRole("button", { name: /Zoë Kowalczyk/ });
  await userEvent.keyboard("p");
  expect(printed[0]).toContain(
    "Massage therapy 60 min · Room 4 · first visit · double booked on purpose · has a note",
  );
});

test("the sheet of a day on which nobody works says so, with nothing to press", async () => {
  answerCommands({ day: ({ date }) => dayView(String(date), []) });
  const printed: string[] = [];
  window.print = () => printed.push(document.querySelector("main")?.textContent ?? "");
  show();
  await screen.findByText("Nobody works this Monday");
  await userEvent.keyboard("p");
  expect(printed[0]).toContain("Riverside");
  expect(printed[0]).toContain(title("2026-11-23"));
  expect(printed[0]).toContain("Nobody works this Monday");
  expect(printed[0]).not.toContain("Next day");
});

test("on a day on which nobody works a visit is booked all the same, with somebody of the clinic", async () => {
  answerCommands({
    day: ({ date }) => dayView(String(date), []),
    practitioners: () => [{ id: "anna", name: "Anna Alvarez" }],
    services: () => [{ id: "physio", name: "Physio", minutes: 30, practitioners: ["anna"] }],
    proposed_service: () => "physio",
    search_patients: () => hits([hit()]),
  });
  show();
  await screen.findByRole("heading", { name: "Nobody works this Monday" });
  await userEvent.click(await screen.findByRole("button", { name: "New visit" }));
  const dialog = await screen.findByRole("dialog", { name: "New visit" });
  await within(dialog).findByRole("option", { name: /Zoé Gagnon/ });
  expect(await within(dialog).findByRole("button", { name: /Anna Alvarez/ })).toBeDefined();
});

test("a clinic in which nobody treats yet leads to its first practitioner, and offers no visit", async () => {
  answerCommands({ day: ({ date }) => dayView(String(date), []), practitioners: () => [] });
  const At = () => <output>{useNavigation().target.section}</output>;
  show(
    <>
      <DayScreen />
      <At />
    </>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Add a practitioner" }));
  expect(screen.queryByRole("button", { name: "New visit" })).toBeNull();
  expect(screen.getByText("practitioners")).toBeDefined();
});

test("the booking card says what stands against a start, and offers the nearest that fits", async () => {
  const near = { date: "2026-11-24", minute: 600 };
  const calls = answerCommands({
    day: ({ date }) => dayOf(date),
    services: () => [{ id: "physio", name: "Physio", minutes: 30, practitioners: [practitioner().id] }],
    proposed_service: () => "physio",
    search_patients: () => hits([hit()]),
    patient_record: ({ id }) => record({ id: String(id) }),
    weigh: ({ place }) => {
      const asked = JSON.parse(JSON.stringify(place)).minute;
      const isFree = asked === near.minute;
      return {
        state: isFree ? "legal" : "illegal",
        broken: isFree ? [] : [{ words: "the clinic is closed", yields: false }],
        to_minute: asked + 30,
        room: { id: "one", name: "Room 1" },
        rooms: [
          { id: "one", name: "Room 1" },
          { id: "two", name: "Room 2" },
        ],
        before: null,
        after: isFree ? null : near,
      };
    },
    book_visit: () => ({ words: "visit booked", entry: 7 }),
    undo: () => ({ words: "Undone: visit booked", entry: 8 }),
  });
  show();
  await screen.findByRole("button", { name: /Patient 2026-11-23/ });
  await userEvent.keyboard("n");
  await userEvent.click(await screen.findByRole("option", { name: /Zoé Gagnon/ }));
  await screen.findByText("the clinic is closed");
  expect(screen.getByRole("button", { name: "Book" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("button", { name: /Nov 24/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Book" }));
  await screen.findByText("visit booked");
  const [booked] = calls.filter(({ command }) => command === "book_visit");
  expect(booked?.values).toMatchObject({
    visit: { patient: "zoe", service: "physio", place: { ...near, room: null, override_reason: "" } },
  });
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("Undone: visit booked");
  expect(calls.find(({ command }) => command === "undo")?.values).toEqual({ entry: 7 });
});

test("free time that is drawn asks for a visit that fills it", async () => {
  answerCommands({
    day: ({ date }) => dayView(String(date), [practitioner({ appointments: [] })]),
    services: () => [
      { id: "long", name: "Long", minutes: 60, practitioners: [practitioner().id] },
      { id: "short", name: "Short", minutes: 30, practitioners: [practitioner().id] },
    ],
    proposed_service: ({ minutes }) => (Number(minutes) < 45 ? "short" : "long"),
    search_patients: () => hits([hit()]),
  });
  show();
  const column = await screen.findByRole("list", { name: "Appointments of Anna Alvarez" });
  const mouse = { button: 0, pointerType: "mouse", pointerId: 1 };
  fireEvent.pointerDown(column, { ...mouse, clientY: 80 });
  fireEvent.pointerMove(column, { ...mouse, clientY: 112 });
  fireEvent.pointerUp(column, mouse);
  const dialog = await screen.findByRole("dialog", { name: "New visit" });
  await within(dialog).findByText(/Short · 30/, { ignore: "option" });
});

test("a visit's menu marks it, and the same choice takes that back; focus and scroll stay", async () => {
  let status = "booked";
  const calls = answerCommands({
    day: ({ date }) =>
      dayView(String(date), [
        practitioner({ appointments: [appointment({ patient_name: "Ana", status: status as "booked" })] }),
      ]),
    put_status: ({ status: next }) => {
      status = String(next);
      return { entry: 4, words: `${status}, Ana` };
    },
    visit: () => ({
      id: "visit",
      patient_name: "Ana",
      status,
      note: "",
      date: "2026-11-23",
      from_minute: 540,
      to_minute: 600,
    }),
  });
  show();
  const visit = await screen.findByRole("button", { name: /Ana/ });
  screen.getByRole("region", { name: /Day board/ }).scrollTop = 40;
  fireEvent.contextMenu(visit);
  await userEvent.click(await screen.findByRole("menuitem", { name: "Arrived" }));
  await screen.findByText("arrived, Ana");
  const arrived = await screen.findByRole("button", { name: /Ana.*arrived/ });
  expect(arrived).toBe(visit);
  expect(screen.getByRole("region", { name: /Day board/ }).scrollTop).toBe(40);
  fireEvent.contextMenu(arrived);
  await userEvent.click(await screen.findByRole("menuitem", { name: "Arrived: take back" }));
  await screen.findByText("booked, Ana");
  expect(calls.filter(({ command }) => command === "put_status").map(({ values }) => values.status)).toEqual([
    "arrived",
    "booked",
  ]);
  fireEvent.contextMenu(await screen.findByRole("button", { name: /Ana.*booked/ }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Cancel the visit…" }));
  await screen.findByLabelText("Why is it cancelled?");
});

test("a date and time in words fill the booking card", async () => {
  answerCommands({
    day: ({ date }) => dayOf(date),
    services: () => [],
    search_patients: () => hits([hit()]),
  });
  show();
  await screen.findByRole("button", { name: /Patient 2026-11-23/ });
  await userEvent.keyboard("n");
  const dialog = await screen.findByRole("dialog", { name: "New visit" });
  const [month] = within(within(dialog).getByRole("group", { name: "Date" })).getAllByRole("spinbutton");
  month?.focus();
  await userEvent.keyboard("t");
  await userEvent.type(within(dialog).getByLabelText("Date"), "ue 4:15pm");
  within(dialog).getByText("Tue, Nov 24, 16:15");
  await userEvent.type(within(dialog).getByLabelText("Date"), "{Enter}");
  await within(dialog).findByText("Tuesday, November 24, 2026");
  within(dialog).getByDisplayValue("16:15");
});

const answerLed = () =>
  answerCommands({
    day: ({ date }) => dayOf(date),
    services: () => [],
    practitioners: () => [{ id: "anna", name: "Anna Alvarez" }],
    patient_record: () => record(),
  });

test("led here for a patient, the booking card opens for them", async () => {
  answerLed();
  function Lead() {
    const { go } = useNavigation();
    return (
      <button type="button" onClick={() => go("day", { patient: "zoe" })}>
        lead
      </button>
    );
  }
  show(
    <>
      <DayScreen />
      <Lead />
    </>,
  );
  await screen.findByText("Patient 2026-11-23");
  await userEvent.click(screen.getByRole("button", { name: "lead" }));
  const card = await screen.findByRole("dialog", { name: "New visit" });
  await within(card).findByText("Zoé Gagnon");
});

test("led here for a patient before the day is read, the keyboard goes to the board once the card is closed", async () => {
  answerLed();
  function Led() {
    const { target, go } = useNavigation();
    return target.patient ? (
      <DayScreen />
    ) : (
      <button type="button" onClick={() => go("day", { patient: "zoe" })}>
        lead
      </button>
    );
  }
  show(<Led />);
  await userEvent.click(screen.getByRole("button", { name: "lead" }));
  await screen.findByRole("dialog", { name: "New visit" });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement?.getAttribute("data-date")).toBe("2026-11-23"));
});
