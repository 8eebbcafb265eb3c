import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import type { PractitionerDayView, PractitionerVisit } from "../lib/api";
import { answerCommands } from "../test/program";
import { lanesOf } from "./day-column";
import { PractitionerScreen } from "./practitioner-screen";

const pia = { id: "pia", name: "Pia Côté", disciplines: ["physio"] };
const max = { id: "max", name: "Max Roy", disciplines: ["massage"] };

const visit = (changes: Partial<PractitionerVisit> = {}): PractitionerVisit => ({
  id: "v1",
  patient: "zoe",
  patient_name: "Zoé Gagnon",
  service: "Physiotherapy 45 min",
  discipline: "physio",
  room: "Room 1",
  from_minute: 600,
  to_minute: 645,
  status: "booked",
  series_position: { number: 2, of: 4 },
  first_visit: false,
  note: "left knee",
  patient_notes: "",
  sensitivities: [],
  override_reason: "",
  order: {
    text: "massage before physiotherapy, 24 h gap kept",
    kept: true,
    other_start: "2026-11-23T09:00:00",
    other_practitioner: "Max Roy",
  },
  ...changes,
});

const day = (changes: Partial<PractitionerDayView> = {}): PractitionerDayView => ({
  date: "2026-11-24",
  practitioner: pia,
  closed: null,
  working: [{ from_minute: 540, to_minute: 1020 }],
  away: [],
  visits: [visit(), visit({ id: "v2", patient_name: "Omar Haddad", status: "cancelled", order: null })],
  next: "v1",
  now_minute: 570,
  ...changes,
});

beforeEach(() => localStorage.clear());

function show(answers: Parameters<typeof answerCommands>[0] = {}) {
  const calls = answerCommands({
    practitioners: () => [pia, max],
    practitioner_day: ({ practitioner }) => day({ practitioner: practitioner === "max" ? max : pia }),
    ...answers,
  });
  render(
    <Surroundings>
      <PractitionerScreen />
    </Surroundings>,
  );
  return calls;
}

test("the next visit comes with its note and how it lies to the other treatment", async () => {
  show();
  const next = (await screen.findAllByRole("listitem")).find((item) => item.getAttribute("aria-current"));
  expect(next?.textContent).toContain("Next, in 30 min");
  expect(next?.textContent).toContain("massage before physiotherapy, 24 h gap kept");
  expect(next?.textContent).toContain("left knee");
  expect(screen.getByText("1 visit")).toBeDefined();
});

test("another practitioner is chosen and remembered", async () => {
  const calls = show();
  await userEvent.click(await screen.findByRole("button", { name: /Practitioner/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Max Roy" }));
  expect(calls.at(-1)?.values).toMatchObject({ practitioner: "max" });
  expect(localStorage.getItem("ordo.practitioner")).toBe("max");
});

test("a free day and a clinic without practitioners say so", async () => {
  show({ practitioner_day: () => day({ visits: [], working: [] }) });
  await screen.findByRole("heading", { name: "A day off" });
});

test("a free day is not taken for the next one while that is read", async () => {
  let answer = () => {};
  const read = new Promise<void>((done) => {
    answer = done;
  });
  let asked = 0;
  show({
    practitioner_day: async ({ date }) => {
      asked += 1;
      if (asked > 1) {
        await read;
      }
      return day({ date: String(date), visits: [], working: [] });
    },
  });
  await screen.findByRole("heading", { name: "A day off" });
  const shown = () => document.querySelector<HTMLElement>("[data-practitioner-day]");
  const first = shown()?.dataset.practitionerDay;
  expect(shown()?.getAttribute("aria-busy")).toBe("false");
  await userEvent.click(screen.getByRole("button", { name: "Next day" }));
  await vi.waitFor(() => expect(shown()?.getAttribute("aria-busy")).toBe("true"));
  expect(shown()?.dataset.practitionerDay).toBe(first);
  answer();
  await vi.waitFor(() => expect(shown()?.getAttribute("aria-busy")).toBe("false"));
  expect(shown()?.dataset.practitionerDay).not.toBe(first);
});

test("nobody treats yet", async () => {
  show({ practitioners: () => [] });
  await screen.findByRole("heading", { name: "Nobody treats here yet" });
});

test("the calendar leaves with initials unless more is chosen, which is warned of", async () => {
  const place = "/home/pia/Downloads/pia-cote.ics";
  const answers = [null, place];
  const calls = show({ save_calendar: () => answers.shift(), show_in_folder: () => null });
  await userEvent.click(await screen.findByRole("button", { name: "Export calendar…" }));
  const dialog = await screen.findByRole("dialog", { name: "Calendar of Pia Côté" });
  await userEvent.click(within(dialog).getByRole("radio", { name: "Full names and notes" }));
  expect(dialog.textContent).toContain("leave the clinic with this file");
  await userEvent.click(within(dialog).getByRole("radio", { name: "Initials, service and room" }));
  // Whoever thinks better of the place is back where they were.
  await userEvent.click(within(dialog).getByRole("button", { name: "Save…" }));
  await userEvent.click(await within(dialog).findByRole("button", { name: "Save…" }));
  await screen.findByText(place);
  const [saved] = calls.filter(({ command }) => command === "save_calendar");
  expect(saved?.values).toMatchObject({ practitioner: "pia", names: "initials" });
  await userEvent.click(screen.getByRole("button", { name: "Copy its place" }));
  await screen.findByRole("button", { name: "Copied" });
  expect(await navigator.clipboard.readText()).toBe(place);
  await userEvent.click(screen.getByRole("button", { name: "Show in folder" }));
  expect(calls).toContainEqual({ command: "show_in_folder", values: { place } });
});

test("visits that overlap get lanes of their own", () => {
  const at = (from_minute: number, to_minute: number) => ({ from_minute, to_minute });
  expect(lanesOf([at(0, 60), at(30, 90), at(60, 90), at(90, 120)])).toEqual([
    { lane: 0, of: 2 },
    { lane: 1, of: 2 },
    { lane: 0, of: 2 },
    { lane: 0, of: 1 },
  ]);
  expect(lanesOf([])).toEqual([]);
});
