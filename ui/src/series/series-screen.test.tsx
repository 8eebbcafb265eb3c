import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { ProposedVisit, SeriesAsk, SeriesEdit, SeriesProposal } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { blankAsk, forget } from "./draft";
import { GhostBar } from "./ghosts";
import { SeriesScreen } from "./series-screen";

const choices = {
  conditions: [{ id: "low-back-pain", name: "Low back pain" }],
  needs: [
    { id: "stiff", name: "Stiffness" },
    { id: "strength", name: "Building strength" },
  ],
  sensitivities: [{ id: "tires-easily", name: "Tires easily" }],
  disciplines: [
    {
      id: "physio",
      name: "Physiotherapy",
      services: [],
      practitioners: [{ id: "anna", name: "Anna Alvarez" }],
    },
    {
      id: "massage",
      name: "Massage therapy",
      services: [],
      practitioners: [{ id: "anna", name: "Anna Alvarez" }],
    },
  ],
};

const session = { discipline: "physio", week: 0 };

const visit = (changes: Partial<ProposedVisit> = {}): ProposedVisit => ({
  session,
  discipline: "Physiotherapy",
  date: "2026-11-24",
  weekday: 1,
  minute: 600,
  to_minute: 645,
  practitioner: "anna",
  practitioner_name: "Anna Alvarez",
  room: "Room 1",
  differs: [],
  hold: "planned",
  ...changes,
});

const proposal = (changes: Partial<SeriesProposal> = {}): SeriesProposal => ({
  choice: 0,
  aims: ["Same practitioner"],
  usual: [
    {
      discipline: "physio",
      name: "Physiotherapy, every week",
      words: "Tuesdays 10:00 with Anna Alvarez",
      differ: "1 of 6 differs",
    },
  ],
  first: "2026-11-24",
  costs: ["1 visit on another day"],
  weeks: [{ monday: "2026-11-23", visits: [visit()], gap: "24 h 15" }],
  unplaced: [],
  placed: 1,
  visits: [{ session, date: "2026-11-24", minute: 600, practitioner: "anna" }],
  differences: [],
  ...changes,
});

const asks: SeriesAsk[] = [];
const bookings: Record<string, unknown>[] = [];
const noted: Record<string, unknown>[] = [];
const saved: Record<string, unknown>[] = [];
let outcome: "booked" | "changed" | "refused" = "booked";
let edits: SeriesEdit[] = [];
let isUndone = false;

const answers = (proposals: SeriesProposal[]) => ({
  series_choices: () => choices,
  search_patients: () => ({
    hits: [{ id: "zoe", name: "Zoë Müller", phone: "555", email: "", date_of_birth: null, last_visit: null }],
    recent: 1,
    of: 1,
  }),
  patient_record: () => ({ id: "zoe", form: { name: "Zoë Müller", availability: [] } }),
  series_proposals: ({ ask }: Record<string, unknown>) => {
    asks.push(ask as SeriesAsk);
    return {
      decision: {
        has_order: true,
        order: ["massage first"],
        spacing: ["separate days"],
        frequency: ["weekly"],
        conflicts: [{ words: "Low back pain and Knee pain disagree", settled: false }],
        notes: [],
      },
      warnings: ["2 visits are not covered"],
      proposals,
      asked: 2,
      edits,
      progress: null,
    };
  },
  session_starts: () => [
    {
      practitioner: "anna",
      name: "Anna Alvarez",
      legal: [600, 615],
      blocked: [{ from_minute: 630, to_minute: 660, state: "illegal", words: "she has another visit" }],
      away: null,
    },
    { practitioner: "max", name: "Max Roy", legal: [], blocked: [], away: "does not work then" },
  ],
  understand_availability: ({ text }: Record<string, unknown>) => {
    if (text !== "Tue after 4") {
      throw new Refusal("bad-request", "“soon” is not understood; write for example “Tue after 4”");
    }
    return [{ weekday: 1, from_minute: 960, to_minute: 1440 }];
  },
  save_patient: (values: Record<string, unknown>) => {
    saved.push(values);
    return values.edited;
  },
  series_card: ({ language }: Record<string, unknown>) => {
    if (isUndone) {
      throw new Refusal("not-found", 'there is no series "s1"');
    }
    return {
      language,
      clinic: "Riverside",
      patient: "Zoë Müller",
      title: `card ${language}`,
      rule: null,
      columns: ["Date", "Time", "Treatment", "With"],
      lines: [{ date: "Tuesday", time: "10:00", treatment: "Physiotherapy", practitioner: "Anna" }],
      closing: "Please tell us.",
    };
  },
  undo: () => {
    isUndone = true;
    return { entry: 8, words: "Undone: series booked", patient: "Zoë Müller" };
  },
  save_series_card: ({ language }: Record<string, unknown>) => `/home/${language}.pdf`,
  note_provider_decision: (values: Record<string, unknown>) => {
    noted.push(values);
    return { entry: 9, words: "patient changed, Zoë Müller" };
  },
  book_series: (values: Record<string, unknown>) => {
    bookings.push(values);
    isUndone = false;
    if (outcome === "refused") {
      throw new Refusal("database", "the disk is full");
    }
    if (outcome === "changed") {
      const spot = { date: "2026-11-24", minute: 600, practitioner: "Anna Alvarez" };
      return {
        kind: "changed",
        differences: [
          { session, discipline: "Physiotherapy", before: spot, after: { ...spot, minute: 660 } },
        ],
      };
    }
    return {
      kind: "booked",
      series: `s${bookings.length}`,
      change: { entry: 7, words: "series booked, Zoë Müller" },
    };
  },
});

beforeEach(() => {
  for (const list of [asks, bookings, noted, saved]) {
    list.length = 0;
  }
  outcome = "booked";
  edits = [];
  isUndone = false;
  forget();
});

async function open(proposals = [proposal({ aims: ["Same practitioner", "Soonest"] })]) {
  answerCommands(answers(proposals));
  render(
    <Surroundings>
      <GhostBar from="2026-11-24" to="2026-11-24" onDate={() => {}} />
      <SeriesScreen />
    </Surroundings>,
  );
  await userEvent.type(await screen.findByRole("searchbox", { name: "Patient" }), "zoe");
  await screen.findByText("Zoë Müller");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(await screen.findByRole("row", { name: "Low back pain" }));
}

const shownVisit = () => screen.findByRole("button", { name: /10:00, Physiotherapy with Anna Alvarez/ });

test("a condition is enough: the decision, the conflict and the proposals follow at once", async () => {
  await open();
  const first = await screen.findByRole("article", { name: "Same practitioner · Soonest" });
  within(first).getByText("1 visit · starts Tue, Nov 24");
  within(first).getByText("Tuesdays 10:00 with Anna Alvarez");
  within(first).getByText(/Physiotherapy, every week · 1 of 6 differs/);
  within(first).getByText("1 visit on another day");
  within(first).getByText("24 h 15");
  screen.getByText("Low back pain and Knee pain disagree");
  screen.getByText("2 visits are not covered");
  expect(asks.at(-1)).toEqual({ ...blankAsk("zoe"), conditions: ["low-back-pain"] });
});

test("from the patient the keyboard goes on to what they come with", async () => {
  answerCommands(answers([proposal()]));
  render(
    <Surroundings>
      <SeriesScreen />
    </Surroundings>,
  );
  await screen.findByText("Zoë Müller");
  await userEvent.keyboard("{Enter}");
  const condition = await screen.findByRole("row", { name: "Low back pain" });
  await waitFor(() => expect(document.activeElement).toBe(condition));
});

test("what would help is one press away, and taken back with one", async () => {
  const ask = { ...blankAsk("zoe"), conditions: ["low-back-pain"], tolerance_days: 3 };
  const helped = { words: "Allow 3 days around the usual day: 1 more visit", ask };
  const provider = { words: "A gap of up to 72 h, if the provider allows it", ask: null };
  await open([
    proposal({ unplaced: [{ session, words: "Massage has no place", helps: [helped, provider] }] }),
  ]);
  await userEvent.click(await screen.findByRole("button", { name: "Try it" }));
  expect(asks.at(-1)).toMatchObject({ tolerance_days: 3 });
  await userEvent.click(screen.getByRole("button", { name: "Take back: 3 days around the usual day" }));
  expect(screen.queryByRole("region", { name: "Changed by hand" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Ask…" }));
  await screen.findByRole("dialog", { name: "Provider’s decision" });
});

test("where nothing has a place, no usual time is claimed, and what would help all of it stands there once", async () => {
  const helps = [{ words: "Ask the patient to come at any time: 2 more visits", ask: blankAsk("zoe") }];
  const massage = { discipline: "massage", week: 0 };
  await open([
    proposal({
      placed: 0,
      visits: [],
      weeks: [],
      unplaced: [
        { session, words: "Physiotherapy has no place", helps },
        { session: massage, words: "Massage has no place", helps },
      ],
    }),
  ]);
  await screen.findByText("Massage has no place");
  screen.getByText("Physiotherapy has no place");
  screen.getByRole("button", { name: "Try it" });
  expect(screen.queryByText("Tuesdays 10:00 with Anna Alvarez")).toBeNull();
});

test("a visit is pinned, moved and left out by keys, and Control Z takes each back", async () => {
  await open();
  (await shownVisit()).focus();
  await userEvent.keyboard("p");
  expect(asks.at(-1)?.pins).toEqual([{ session, date: "2026-11-24", minute: 600, practitioner: "anna" }]);
  screen.getByRole("region", { name: "Changed by hand" });
  (await shownVisit()).focus();
  await userEvent.keyboard("{Delete}");
  expect(asks.at(-1)).toMatchObject({ pins: [], left_out: [session] });
  await userEvent.keyboard("{Control>}z{/Control}");
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(screen.queryByRole("region", { name: "Changed by hand" })).toBeNull();

  (await shownVisit()).focus();
  await userEvent.keyboard("m");
  const dialog = await screen.findByRole("dialog", { name: "Move Physiotherapy, week 1" });
  await within(dialog).findByText("she has another visit");
  within(dialog).getByText("Max Roy: does not work then");
  await userEvent.click(within(dialog).getByRole("button", { name: "10:15" }));
  expect(asks.at(-1)?.pins).toEqual([{ session, date: "2026-11-24", minute: 615, practitioner: "anna" }]);
});

test("the menu of a visit offers the same, and what was done is said with the way back", async () => {
  edits = [{ session, kind: "left-out", words: "Physiotherapy of week 1" }];
  await open();
  await userEvent.click(await shownVisit());
  await userEvent.click(await screen.findByRole("menuitem", { name: /Leave out/ }));
  await screen.findByText("Left out: Physiotherapy of week 1");
  await userEvent.click(screen.getByRole("button", { name: "Bring back Physiotherapy of week 1" }));
  expect(screen.queryByRole("region", { name: "Changed by hand" })).toBeNull();
});

test("availability is typed as it is said, shown as chips, and kept in the record if wished", async () => {
  await open();
  const field = await screen.findByRole("textbox", { name: "When the patient can come" });
  await userEvent.type(field, "soon{Enter}");
  await screen.findByText(/“soon” is not understood/);
  await userEvent.clear(field);
  await userEvent.type(field, "Tue after 4{Enter}");
  const window = { weekday: 1, from_minute: 960, to_minute: 1440 };
  await screen.findByRole("button", { name: "Remove Tue after 16:00" });
  expect(asks.at(-1)?.availability).toEqual([window]);
  await userEvent.click(screen.getByRole("button", { name: "Keep in the record" }));
  expect(saved[0]).toMatchObject({ id: "zoe", edited: { availability: [window] } });
});

test("a double press books once, and a proposal that was booked makes room for what comes next", async () => {
  await open();
  const book = await screen.findByRole("button", { name: "Book 1 visit" });
  await userEvent.dblClick(book);
  await screen.findByText("series booked, Zoë Müller");
  await screen.findByText("1 visit is booked");
  expect(bookings).toHaveLength(1);
  expect(bookings[0]?.booking).toMatchObject({ choice: 0, visits: proposal().visits });
});

test("a booking that is taken back leads back to its proposals, and can be booked again", async () => {
  await open();
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await screen.findByText("1 visit is booked");
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await screen.findByText("1 visit is booked");
  const [first, second] = bookings.map(({ booking }) => Reflect.get(booking as object, "request"));
  // Under the name of before it would be taken for the same press.
  expect(second).not.toBe(first);
});

test("a lost race says what changed and asks again under the same name", async () => {
  await open();
  outcome = "changed";
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  const changed = await screen.findByRole("alert", { name: /The calendar has changed meanwhile/ });
  within(changed).getByText("Tue, Nov 24, 10:00, Anna Alvarez");
  within(changed).getByText("Tue, Nov 24, 11:00, Anna Alvarez");
  outcome = "booked";
  await userEvent.click(within(changed).getByRole("button", { name: "Book 1 visit as they are now" }));
  await screen.findByText("1 visit is booked");
  const names = bookings.map(({ booking }) => Reflect.get(booking as object, "request"));
  expect(names[0]).toBe(names[1]);
});

test("the card is shown in the patient’s language, and saved", async () => {
  await open();
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await userEvent.click(await screen.findByRole("button", { name: "Card for the patient…" }));
  const dialog = await screen.findByRole("dialog", { name: "Card for the patient" });
  await within(dialog).findByText("card en");
  await userEvent.click(within(dialog).getByRole("radio", { name: "Français" }));
  await within(dialog).findByText("card fr");
  const printed: string[] = [];
  window.print = () => printed.push(document.querySelector(".printed-card")?.textContent ?? "");
  await userEvent.click(within(dialog).getByRole("button", { name: "Print" }));
  expect(printed[0]).toContain("card fr");
  expect(document.querySelector(".printed-card")).toBeNull();
  await userEvent.click(within(dialog).getByRole("button", { name: "Save as PDF" }));
  await screen.findByText("The card is saved as /home/fr.pdf.");
});

test("a fault while booking is said and everything stays", async () => {
  await open();
  outcome = "refused";
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await screen.findByText("the disk is full");
  await shownVisit();
});

test("a proposal is shown on the board and hidden again", async () => {
  await open();
  (await shownVisit()).focus();
  await userEvent.keyboard("b");
  const bar = await screen.findByRole("region", { name: "Show on the board" });
  within(bar).getByText("Proposal “Same practitioner · Soonest” for Zoë Müller: 1 visit on this day");
  await userEvent.click(within(bar).getByRole("button", { name: "Hide" }));
  expect(screen.queryByRole("region", { name: "Show on the board" })).toBeNull();
});

test("where sources disagree the provider is asked, and the answer is noted in the record", async () => {
  await open();
  await screen.findByText("Ask the provider.");
  await userEvent.click(screen.getByRole("button", { name: "Note a provider’s decision…" }));
  const dialog = await screen.findByRole("dialog", { name: "Provider’s decision" });
  const save = within(dialog).getByRole("button", { name: "Note the decision" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Provider" }), "Dr. Mensah");
  expect(save).toHaveProperty("disabled", true);
  await userEvent.click(within(dialog).getByRole("button", { name: /Spacing/ }));
  await userEvent.click(await screen.findByRole("option", { name: "On two days" }));
  await userEvent.click(await screen.findByRole("button", { name: "Note the decision" }));
  await screen.findByText("patient changed, Zoë Müller");
  expect(noted).toHaveLength(1);
  expect(noted[0]).toMatchObject({
    patient: "zoe",
    form: {
      provider: "Dr. Mensah",
      first: null,
      spacing: { kind: "separate-days", min_hours: 24, max_hours: 48 },
      frequency: null,
    },
  });
});
