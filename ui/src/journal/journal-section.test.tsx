import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { Notices } from "../frame/notices";
import { choose } from "../frame/preferences";
import type { JournalLine } from "../lib/api";
import { hit, hits } from "../test/patients";
import { answerCommands } from "../test/program";
import { JournalSection } from "./journal-section";

const line = (changes: Partial<JournalLine> = {}): JournalLine => ({
  entry: 7,
  at: "2026-03-02T10:00:05.123",
  person: "anna",
  what: "record viewed",
  kind: "view",
  about: [{ id: "zoe", name: "Zoé Gagnon" }],
  more_patients: false,
  records: 1,
  details: [],
  reason: "",
  ...changes,
});

const moved = line({
  entry: 6,
  person: "ben",
  what: "visit moved",
  kind: "reschedule",
  details: ["Massage 60, 2026-03-03 10:00, Max Roy: time 2026-03-02 10:00 → 2026-03-03 10:00"],
  reason: "ill",
});

const choices = {
  people: ["anna", "ben"].map((id) => ({ id, name: id })),
  kinds: [
    { id: "view", name: "Records viewed" },
    { id: "book", name: "Bookings" },
  ],
  years: 10,
};

// Nothing is laid out here: what is drawn follows from a size that is given.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function show(answers: Parameters<typeof answerCommands>[0] = {}) {
  const calls = answerCommands({
    journal_choices: () => choices,
    journal_page: () => ({ lines: [line(), moved], more: false }),
    search_patients: () => hits([hit()]),
    notices: () => [],
    ...answers,
  });
  render(
    <Surroundings>
      <Notices />
      <JournalSection />
    </Surroundings>,
  );
  return calls;
}

const asked = (calls: ReturnType<typeof show>) =>
  calls.filter(({ command }) => command === "journal_page").map(({ values }) => values.ask);

test("entries say who saw and did what, and open whole", async () => {
  show();
  const list = await screen.findByRole("listbox", { name: "Entries, newest first" });
  const first = await within(list).findByRole("option", { name: /anna record viewed Zoé Gagnon/ });
  expect(first.textContent).toContain("Zoé Gagnon");
  await userEvent.click(within(list).getByRole("option", { name: /ben visit moved/ }));
  const dialog = await screen.findByRole("dialog", { name: "Entry 6" });
  expect(within(dialog).getByText(/2026-03-02 10:00 → 2026-03-03 10:00/)).toBeDefined();
  expect(within(dialog).getByText("ill")).toBeDefined();
});

test("names are initials where privacy is chosen", async () => {
  choose({ isPrivate: true });
  show();
  const list = await screen.findByRole("listbox", { name: "Entries, newest first" });
  expect(list.textContent).not.toContain("Gagnon");
  expect(list.textContent).not.toContain("Max Roy");
});

test("the journal is searched by person, patient and kind, and all is shown again", async () => {
  const calls = show();
  await userEvent.click(await screen.findByRole("button", { name: /By/ }));
  await userEvent.click(await screen.findByRole("option", { name: "ben" }));
  await userEvent.click(screen.getByRole("button", { name: /What/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Bookings" }));
  await userEvent.type(screen.getByRole("combobox", { name: "About" }), "zo");
  await userEvent.click(await screen.findByRole("option", { name: "Zoé Gagnon" }));
  expect(asked(calls).at(-1)).toEqual({ person: "ben", patient: "zoe", kind: "book", from: null, to: null });
  await userEvent.click(screen.getByRole("button", { name: "Show all" }));
  expect(asked(calls)[0]).toEqual({ person: null, patient: null, kind: null, from: null, to: null });
  expect(screen.queryByRole("button", { name: "Show all" })).toBeNull();
});

test("nothing that fits is said", async () => {
  show({ journal_page: () => ({ lines: [], more: false }) });
  await screen.findByText("Nothing fits");
});

test("only the entries in sight are drawn", async () => {
  const lines = Array.from({ length: 200 }, (_, at) => line({ entry: 1000 - at }));
  show({ journal_page: ({ before }) => ({ lines: before === null ? lines : [], more: before === null }) });
  await screen.findAllByRole("option");
  expect(screen.getAllByRole("option").length).toBeLessThan(40);
});

test("the check tells what is wrong, and the journal can be taken for the right one", async () => {
  const calls = show({
    check_journal: () => ({ checked: 7, faults: ["entry 3 of the journal was altered"], end: "ab12" }),
    accept_journal: () => null,
  });
  await userEvent.click(await screen.findByRole("button", { name: "Check" }));
  const dialog = await screen.findByRole("dialog", { name: "Check of the journal" });
  expect(within(dialog).getByText("entry 3 of the journal was altered")).toBeDefined();
  await userEvent.click(within(dialog).getByRole("button", { name: "Take it for the right one" }));
  expect(calls.map(({ command }) => command)).toContain("accept_journal");
});

test("a whole journal offers nothing to accept", async () => {
  show({ check_journal: () => ({ checked: 7, faults: [], end: "ab12" }) });
  await userEvent.click(await screen.findByRole("button", { name: "Check" }));
  const dialog = await screen.findByRole("dialog", { name: "Check of the journal" });
  expect(within(dialog).getByText(/All 7 entries are/)).toBeDefined();
  expect(within(dialog).queryByRole("button", { name: "Take it for the right one" })).toBeNull();
});

test("the table's place is told, and the years are saved", async () => {
  const calls = show({ save_journal: () => "/home/anna/journal.csv", save_retention: () => null });
  await userEvent.click(await screen.findByRole("button", { name: "Save as a table" }));
  await screen.findByText("Saved: /home/anna/journal.csv");
  const years = screen.getByRole("textbox", { name: "years" });
  await userEvent.clear(years);
  await userEvent.type(years, "15{Tab}");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("The years are saved.");
  expect(calls.find(({ command }) => command === "save_retention")?.values).toEqual({ years: 15 });
});

test("what needs attention stands above everything", async () => {
  show({ notices: () => [{ about: "journal", words: "The journal is not as it was written." }] });
  const notices = await screen.findByRole("complementary", { name: "Needs attention" });
  expect(within(notices).getByText("The journal is not as it was written.")).toBeDefined();
  expect(within(notices).getByRole("button", { name: "Open the journal" })).toBeDefined();
});
