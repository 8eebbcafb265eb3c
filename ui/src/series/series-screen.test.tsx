import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { SeriesProposal } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { SeriesScreen } from "./series-screen";

const choices = {
  conditions: [{ id: "low-back-pain", name: "Low back pain" }],
  needs: [],
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

const proposal = (changes: Partial<SeriesProposal> = {}): SeriesProposal => ({
  aim: "Same practitioner",
  same_as: null,
  usual: ["Physiotherapy: Tuesdays 10:00 with Anna Alvarez"],
  costs: ["2 days off the usual days"],
  weeks: [
    {
      monday: "2026-11-23",
      visits: [
        {
          discipline: "physio",
          date: "2026-11-24",
          weekday: 1,
          minute: 600,
          practitioner: "Anna Alvarez",
          room: "Room 1",
          differs: false,
        },
      ],
      gap: "24 h 15",
    },
  ],
  unplaced: [],
  placed: 1,
  visits: "physio 2026-11-24T10:00 anna",
  ...changes,
});

const asks: unknown[] = [];
const bookings: Record<string, unknown>[] = [];
const noted: Record<string, unknown>[] = [];
let refuse = false;

const answers = (proposals: SeriesProposal[]) => ({
  series_choices: () => choices,
  search_patients: () => ({
    hits: [{ id: "zoe", name: "Zoë Müller", phone: "555", email: "", date_of_birth: null, last_visit: null }],
    recent: 1,
    of: 1,
  }),
  patient_record: () => ({ id: "zoe", form: { name: "Zoë Müller" } }),
  series_proposals: ({ ask }: Record<string, unknown>) => {
    asks.push(ask);
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
    };
  },
  note_provider_decision: (values: Record<string, unknown>) => {
    noted.push(values);
    return { entry: 9, words: "patient changed, Zoë Müller" };
  },
  book_series: (values: Record<string, unknown>) => {
    bookings.push(values);
    if (refuse) {
      throw new Refusal("no-longer-fits", "the calendar has changed meanwhile");
    }
    return { entry: 7, words: "series booked, Zoë Müller" };
  },
});

beforeEach(() => {
  asks.length = 0;
  bookings.length = 0;
  noted.length = 0;
  refuse = false;
});

async function open(proposals = [proposal(), proposal({ aim: "Soonest", same_as: 0 })]) {
  answerCommands(answers(proposals));
  render(
    <Surroundings>
      <SeriesScreen />
    </Surroundings>,
  );
  await userEvent.type(await screen.findByRole("searchbox", { name: "Patient" }), "zoe");
  await screen.findByText("Zoë Müller");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(await screen.findByRole("row", { name: "Low back pain" }));
}

test("a condition is enough: the decision, the conflict and the proposals follow at once", async () => {
  await open();
  const first = await screen.findByRole("article", { name: "Same practitioner" });
  within(first).getByText("1 of 2 visits placed");
  within(first).getByText("2 days off the usual days");
  within(first).getByText("24 h 15");
  screen.getByText("Low back pain and Knee pain disagree");
  screen.getByText("2 visits are not covered");
  within(screen.getByRole("article", { name: "Soonest" })).getByText(
    "The same visits as “Same practitioner”.",
  );
  expect(asks.at(-1)).toMatchObject({ patient: "zoe", conditions: ["low-back-pain"], weeks: 6 });
});

test("what would help is one press away", async () => {
  const helped = {
    words: "Up to 3 days around the usual day: 1 more",
    ask: {
      patient: "zoe",
      conditions: ["low-back-pain"],
      needs: [],
      sensitivities: [],
      first: null,
      weeks: 6,
      services: [],
      practitioners: [],
      availability: null,
      earliest: null,
      tolerance_days: 3,
      max_wait_minutes: null,
      within_cover: false,
    },
  };
  await open([proposal({ unplaced: [{ words: "Massage of week 1 has no place", helps: [helped] }] })]);
  await userEvent.click(await screen.findByRole("button", { name: "Try it" }));
  expect(asks.at(-1)).toMatchObject({ tolerance_days: 3 });
});

test("booking sends back what was shown, and the same request again after a lost race", async () => {
  await open();
  refuse = true;
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await screen.findByText("the calendar has changed meanwhile");
  refuse = false;
  await userEvent.click(await screen.findByRole("button", { name: "Book 1 visit" }));
  await screen.findByText("series booked, Zoë Müller");
  const sent = bookings.map(({ booking }) => booking);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toEqual(sent[1]);
  expect(sent[0]).toMatchObject({ choice: 0, visits: "physio 2026-11-24T10:00 anna" });
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
