import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import type { CalendarImportView } from "../lib/api";
import { answerCommands } from "../test/program";
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

test("a calendar that changes nothing cannot be brought in", async () => {
  show(preview({ added: [], skipped: [], more_skipped: 0 }));
  await choose();
  await screen.findByText("Nothing would change.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Bring in" }).disabled).toBe(true);
});
