import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import type { AccountCalendar, CalendarImportView } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { ImportDialog } from "./import-dialog";

const pia = { id: "pia", name: "Pia Côté", disciplines: ["physio"] };

const preview = (changes: Partial<CalendarImportView> = {}): CalendarImportView => ({
  name: "Pia",
  from: "2026-03-02",
  to: "2027-03-02",
  added: [{ from: "2026-03-10T09:00:00", to: "2026-03-10T10:00:00", reason: "Dentist" }],
  changed: [],
  removed: [],
  unchanged: 2,
  outside: 1,
  free: 0,
  skipped: [{ line: 25, why: "“soon” in DTSTART is no time; it was passed over" }],
  more_skipped: 3,
  affected: [],
  entry: null,
  ...changes,
});

function show(answer: CalendarImportView) {
  const onClose = vi.fn();
  const calls = answerCommands({
    preview_calendar: () => answer,
    import_calendar: () => ({ ...answer, entry: 7 }),
  });
  render(
    <Surroundings>
      <ImportDialog practitioner={pia} onClose={onClose} />
    </Surroundings>,
  );
  return { calls, onClose };
}

async function choose() {
  const file = new File(["BEGIN:VCALENDAR"], "pia.ics", { type: "text/calendar" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) {
    throw new Error("no file can be chosen");
  }
  await userEvent.upload(input, file);
}

test("a file that cannot be read any more is told", async () => {
  const { calls } = show(preview());
  const file = new File(["BEGIN:VCALENDAR"], "pia.ics", { type: "text/calendar" });
  // Of a file that is gone nothing is given.
  file.slice = () => {
    throw new DOMException("gone", "NotReadableError");
  };
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  await userEvent.upload(input as HTMLInputElement, file);
  expect((await screen.findByRole("alert")).textContent).toContain("pia.ics cannot be read");
  expect(calls.some((call) => call.command === "preview_calendar")).toBe(false);
  await choose();
  await screen.findByText("1 new absence");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a calendar is looked at before it is brought in", async () => {
  const { calls, onClose } = show(preview());
  await choose();
  const dialog = await screen.findByRole("dialog", { name: "Absences of Pia Côté from a calendar" });
  await within(dialog).findByText("1 new absence");
  expect(dialog.textContent).toContain("Dentist");
  expect(dialog.textContent).toContain("4 lines were passed over or read otherwise");
  expect(dialog.textContent).toContain("Line 25");
  expect(dialog.textContent).toContain("2 absences are as they were.");
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(within(dialog).getByRole("button", { name: "Bring in" }));
  const [imported] = calls.filter(({ command }) => command === "import_calendar");
  expect(imported?.values).toMatchObject({
    form: { practitioner: "pia", titles: true },
    text: "BEGIN:VCALENDAR",
  });
  expect(onClose).toHaveBeenCalled();
});

test("whole days are told as days", async () => {
  const day = (from: string, to: string) => ({ from: `${from}T00:00:00`, to: `${to}T00:00:00`, reason: "" });
  show(preview({ added: [day("2026-12-10", "2026-12-11"), day("2026-12-24", "2026-12-27")] }));
  await choose();
  await screen.findByText("Thu, Dec 10, all day");
  screen.getByText("Thu, Dec 24 – Sat, Dec 26, all day");
});

test("a calendar that changes nothing cannot be brought in", async () => {
  show(preview({ added: [], skipped: [], more_skipped: 0 }));
  await choose();
  await screen.findByText("Nothing would change.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Bring in" }).disabled).toBe(true);
});

/** Opens the dialog on an account whose calendars are `found`, and looks for them. */
async function find(found: AccountCalendar[], answers: Parameters<typeof answerCommands>[0] = {}) {
  const calls = answerCommands({
    last_change: () => 7,
    account_calendars: () => found,
    account_calendar: () => "BEGIN:VCALENDAR of the account",
    preview_calendar: () => preview(),
    import_calendar: () => preview({ entry: 7 }),
    ...answers,
  });
  render(
    <Surroundings>
      <ImportDialog practitioner={pia} onClose={vi.fn()} />
    </Surroundings>,
  );
  await userEvent.click(await screen.findByRole("radio", { name: "In an account" }));
  await userEvent.type(screen.getByRole("textbox", { name: /Address/ }), "https://cloud.example/");
  await userEvent.type(screen.getByRole("textbox", { name: "User" }), "pia");
  await userEvent.type(screen.getByLabelText("Password"), "secret");
  await userEvent.click(screen.getByRole("button", { name: "Find calendars" }));
  return (command: string) => calls.filter((call) => call.command === command).map(({ values }) => values);
}

const home = { address: "https://cloud.example/pia/home/", name: "Home" };
const work = { address: "https://cloud.example/pia/work/", name: "Work" };

test("a calendar of an account is looked at and brought in like a file", async () => {
  const called = await find([home, work]);
  await userEvent.click(await screen.findByRole("button", { name: /2 calendars found/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Work" }));
  await screen.findByText("1 new absence");
  expect(called("account_calendar")).toMatchObject([{ address: work.address, user: "pia" }]);
  // The lines of what was fetched are nobody's to look into.
  expect(screen.queryByText(/Line 25/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Bring in" }));
  expect(called("import_calendar")).toMatchObject([
    { form: { practitioner: "pia" }, text: "BEGIN:VCALENDAR of the account" },
  ]);
});

test("the only calendar of an account is read at once", async () => {
  const called = await find([home]);
  await screen.findByText("1 new absence");
  expect(called("account_calendar")).toHaveLength(1);
});

test("an account that lets nobody in says so", async () => {
  await find([], {
    account_calendars: () => {
      throw new Refusal("bad-request", "the server does not accept the user and password");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("does not accept");
});
