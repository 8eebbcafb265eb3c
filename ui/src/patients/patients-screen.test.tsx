import { CalendarDate } from "@internationalized/date";
import type { QueryClient } from "@tanstack/react-query";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { choose } from "../frame/preferences";
import type { MergePreview } from "../lib/api";
import { createQueryClient } from "../lib/queries";
import { readAgain } from "../lib/refresh";
import { hit, hits, record, visit } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { ageOn } from "./patient-record";
import { PatientsScreen } from "./patients-screen";

const choices = {
  disciplines: [
    { id: "physio", name: "Physiotherapy" },
    { id: "massage", name: "Massage therapy" },
  ],
  sensitivities: [{ id: "tires-easily", name: "Tires easily" }],
};

const omar = hit({ id: "omar", name: "Omar Haddad", phone: "", date_of_birth: null, next_visit: null });

function show(answers: Parameters<typeof answerCommands>[0] = {}, client?: QueryClient) {
  const calls = answerCommands({
    search_patients: ({ text }) =>
      text === ""
        ? hits([hit(), omar], 1)
        : hits([hit(), omar].filter(({ name }) => name.includes(String(text)))),
    patient_record: ({ id }) => record({ id: String(id), ahead: [visit()] }),
    patient_choices: () => choices,
    similar_patients: () => [],
    ...answers,
  });
  render(
    <Surroundings {...(client && { client })}>
      <PatientsScreen />
    </Surroundings>,
  );
  return calls;
}

const called = (calls: ReturnType<typeof show>, command: string) =>
  calls.filter((call) => call.command === command).map(({ values }) => values);

test("typing searches, and the keyboard alone opens a record", async () => {
  const calls = show();
  await screen.findByText("Worked on lately, then all 400 by name");
  await userEvent.type(screen.getByRole("searchbox", { name: "Search patients" }), "Zoé");
  await screen.findByText("1 patient");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await screen.findByRole("heading", { level: 2, name: "Zoé Gagnon" });
  expect(screen.getByText("Visits ahead", { exact: false })).toBeDefined();
  expect(called(calls, "patient_record")).toContainEqual({ id: "zoe" });
});

test("a day on which the patient can always come is said so, another with its times", async () => {
  const whole = { weekday: 1, from_minute: 0, to_minute: 1440 };
  const { form, ...rest } = record({ id: "zoe" });
  const availability = [whole, { weekday: 3, from_minute: 960, to_minute: 1140 }];
  show({ patient_record: () => ({ ...rest, form: { ...form, availability } }) });
  await userEvent.click(await screen.findByText("Zoé Gagnon"));
  const days = within(await screen.findByRole("complementary", { name: "Details" })).getAllByRole("listitem");
  expect(days.map((day) => day.textContent)).toEqual(["TuesdayAll day", "Thursday16:00–19:00"]);
});

test("Enter opens the first of what is typed, however fast, and no option is in focus by itself", async () => {
  const calls = show();
  const search = await screen.findByRole("searchbox", { name: "Search patients" });
  await userEvent.type(search, "Omar");
  expect(search.getAttribute("aria-activedescendant")).toBeNull();
  await userEvent.keyboard("{Enter}");
  await screen.findByText("Visits ahead", { exact: false });
  expect(called(calls, "patient_record")).toEqual([{ id: "omar" }]);
});

test("letters that are keys elsewhere are only typed in the search", async () => {
  show();
  const search = await screen.findByRole("searchbox", { name: "Search patients" });
  await userEvent.type(search, "Zoé Gagnon");
  await userEvent.keyboard("{ArrowDown}{ArrowUp}n");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(search).toHaveProperty("value", "Zoé Gagnonn");
});

test("nobody fits is said with what to do", async () => {
  show();
  await userEvent.type(await screen.findByRole("searchbox", { name: "Search patients" }), "zzz");
  await screen.findByText(/Nobody fits/);
});

test("a clinic without patients says what comes first", async () => {
  show({ search_patients: () => ({ hits: [], recent: 0, of: 0 }) });
  await screen.findByRole("heading", { name: "No patients yet" });
});

test("what the program refuses is shown with a way to try again", async () => {
  let isBroken = true;
  show({
    search_patients: () => {
      if (isBroken) {
        throw new Refusal("busy", "wait for the other program");
      }
      return hits([hit()]);
    },
  });
  await screen.findByText("Wait for the other program");
  isBroken = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("option", { name: /Zoé Gagnon/ });
});

async function openZoe() {
  await userEvent.click(await screen.findByRole("option", { name: /Zoé/ }));
  await screen.findByRole("heading", { level: 2, name: "Zoé Gagnon" });
}

test("a record that is gone says so and leads back", async () => {
  show({
    patient_record: () => {
      throw new Refusal("not-found", "there is no patient");
    },
  });
  await userEvent.click(await screen.findByRole("option", { name: /Zoé/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Back to the list" }));
  await screen.findByRole("heading", { name: "Choose a patient" });
});

test("an edit sends what was there and what it is now", async () => {
  const calls = show({
    save_patient: () => ({ id: "zoe", entry: 41 }),
    undo: () => ({ words: "Undone", patient: null, entry: 42 }),
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Phone" }), "9");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Tires easily" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  const toast = await screen.findByRole("alertdialog");
  expect(toast.textContent).toContain("Zoé Gagnon is saved.");
  act(() => choose({ isPrivate: true }));
  expect(toast.textContent).toContain("Z. G. is saved.");
  act(() => choose({ isPrivate: false }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await vi.waitFor(() => expect(called(calls, "undo")).toEqual([{ entry: 41 }]));
  const [sent] = called(calls, "save_patient");
  expect(sent).toMatchObject({
    original: { phone: "416 555 0143", sensitivities: [] },
    edited: { phone: "416 555 01439", sensitivities: ["tires-easily"] },
  });
});

test("a refused edit keeps what was typed and says why", async () => {
  show({
    save_patient: () => {
      throw new Refusal("bad-request", "e-mail: an address looks like name@example.ca");
    },
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "mine");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await within(dialog).findByText("E-mail: an address looks like name@example.ca");
  expect(within(dialog).getByDisplayValue("mine")).toBeDefined();
});

test("two people at one record: both changes stand together, and where they differ one chooses", async () => {
  let isTheirs = false;
  const theirs = { ...record().form, phone: "613 555 0100", notes: "theirs" };
  const calls = show({
    patient_record: () => record({ form: isTheirs ? theirs : record().form }),
    save_patient: () => {
      if (!isTheirs) {
        isTheirs = true;
        throw new Refusal("changed-meanwhile", "somebody else has changed notes");
      }
      return { id: "zoe", entry: 3 };
    },
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "mine");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "E-mail" }), "z@example.ca");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  const told = await within(dialog).findByRole("alert");
  expect(told.textContent).toContain("theirs");
  // What was typed is still there, and what they alone changed has come in.
  expect(within(dialog).getByDisplayValue("mine")).toBeDefined();
  expect(within(dialog).getByDisplayValue("613 555 0100")).toBeDefined();
  await userEvent.click(within(told).getByRole("button", { name: "Take theirs" }));
  expect(within(dialog).getByDisplayValue("theirs")).toBeDefined();
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByRole("alertdialog");
  expect(called(calls, "save_patient").at(-1)).toMatchObject({
    original: { phone: "613 555 0100", notes: "theirs", email: "" },
    edited: { phone: "613 555 0100", notes: "theirs", email: "z@example.ca" },
  });
});

test("what is typed on a record stays while the clinic cannot be read, and nothing of it once it may not be", async () => {
  let refused: "busy" | "not-allowed" | undefined;
  const client = createQueryClient();
  show(
    {
      patient_record: () => {
        if (refused) {
          throw new Refusal(refused, "not now");
        }
        return record();
      },
    },
    client,
  );
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "mine");
  const again = () =>
    act(async () => {
      await readAgain(client);
      await new Promise((told) => setTimeout(told));
    });
  refused = "busy";
  await again();
  expect(screen.getByDisplayValue("mine")).toBeDefined();
  refused = "not-allowed";
  await again();
  expect(screen.queryByDisplayValue("mine")).toBeNull();
});

test("an edit that is refused says so where what somebody else made of the record cannot be read", async () => {
  let isRefused = false;
  show({
    patient_record: () => {
      if (isRefused) {
        throw new Refusal("busy", "another program is writing");
      }
      return record();
    },
    save_patient: () => {
      isRefused = true;
      throw new Refusal("changed-meanwhile", "somebody else has changed notes");
    },
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "mine");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("Somebody else has changed notes");
  expect(within(dialog).getByDisplayValue("mine")).toBeDefined();
});

test("a birthday that is still to come is marked before anything is sent", async () => {
  show({ patient_record: () => record({ form: { ...record().form, date_of_birth: "2999-01-01" } }) });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  await screen.findByText("This day is still to come; check the year.");
});

test("of twenty thousand patients only those in sight are read and drawn", async () => {
  const many = Array.from({ length: 50 }, (_, at) => hit({ id: `p${at}`, name: `Patient ${at}` }));
  const calls = show({ search_patients: () => ({ hits: many, found: 20_000, recent: 0, of: 20_000 }) });
  const options = await screen.findAllByRole("option");
  expect(options.length).toBeLessThan(40);
  expect(options[3]?.getAttribute("aria-posinset")).toBe("4");
  expect(options[3]?.getAttribute("aria-setsize")).toBe("20000");
  const list = screen.getByRole("listbox");
  list.scrollTop = 50 * 12_345;
  fireEvent.scroll(list);
  await vi.waitFor(() => expect(called(calls, "search_patients").map(({ from }) => from)).toContain(12_300));
  expect(screen.getAllByRole("option").some((each) => each.getAttribute("aria-posinset") === "12346")).toBe(
    true,
  );
});

test("a history of five hundred visits comes in steps, under its years", async () => {
  const past = Array.from({ length: 500 }, (_, at) =>
    visit({ id: `v${at}`, start: `${2026 - Math.floor(at / 60)}-03-02T10:00:00`, status: "fulfilled" }),
  );
  show({ patient_record: () => record({ past }) });
  await openZoe();
  const history = screen.getByRole("region", { name: /Past visits/ });
  expect(within(history).getAllByRole("listitem")).toHaveLength(6);
  await userEvent.click(within(history).getByRole("button", { name: "Show 50 more" }));
  await userEvent.click(within(history).getByRole("button", { name: "Show 50 more" }));
  expect(within(history).getByText("106 of 500")).toBeDefined();
  expect(within(history).getByText("2025")).toBeDefined();
});

test("series that are over wait behind one line, and what is missing is one press away", async () => {
  const line = (id: string, changes = {}) => ({
    id,
    from: "2026-01-05",
    to: "2026-02-16",
    rule: "massage first",
    weeks: 6,
    running: false,
    done: 6,
    booked: 0,
    to_place: 0,
    sessions: [],
    gaps: [],
    concerns: [],
    ...changes,
  });
  const gap = { week: 0, words: "240 min", as_asked: true };
  const session = { week: 0, discipline: "massage", appointment: null, start: null, status: null };
  const sessions = [{ ...session, on_rhythm: true }];
  const concern = { kind: "nothing-ahead", text: "nothing is booked ahead", appointment: null };
  show({
    patient_record: () =>
      record({
        series: [
          line("s1", { running: true, concerns: [concern], sessions, gaps: [gap] }),
          line("s2"),
          line("s3"),
        ],
      }),
  });
  await openZoe();
  expect(document.querySelectorAll("[data-series]")).toHaveLength(1);
  expect(screen.getByText("240 min")).toBeDefined();
  expect(screen.getByRole("button", { name: "Plan what is missing" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "2 ended series" }));
  expect(document.querySelectorAll("[data-series]")).toHaveLength(3);
});

const zoe2 = hit({ id: "zoe2", name: "Zoe Gagnon" });

/** What merging that record into Zoé's would do. */
const preview = (over: Partial<MergePreview> = {}): MergePreview => ({
  kept: hit(),
  merged: zoe2,
  form: record().form,
  visits: 0,
  series: 0,
  is_doubtful: false,
  clashes: [],
  ...over,
});

test("on a private screen nothing in the record tells who it is", async () => {
  choose({ isPrivate: true });
  show({
    patient_record: () =>
      record({
        form: { ...record().form, email: "zoe@example.ca", notes: "Zoé sings" },
        ahead: [visit({ note: "call Zoé first" })],
        alike: [zoe2],
      }),
    merge_preview: () => preview(),
  });
  await userEvent.click(await screen.findByRole("option", { name: /Z\. G\./ }));
  await userEvent.click(await screen.findByRole("button", { name: "Compare…" }));
  await screen.findByRole("dialog", { name: "Merge two records" });
  const told = document.body.innerHTML;
  expect(told).not.toMatch(/Zo[ée]|Gagnon|0143|example\.ca|1984/);
});

test("leaving a changed form asks first", async () => {
  show();
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "x");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Keep editing" }));
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Discard" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the keyboard is at what a comparison leads to, and stays at what swaps the two", async () => {
  show({
    patient_record: () => record({ alike: [zoe2] }),
    merge_preview: async ({ kept }) => {
      await new Promise((done) => setTimeout(done, 20));
      const sides = kept === "zoe" ? { kept: hit(), merged: zoe2 } : { kept: zoe2, merged: hit() };
      return preview(sides);
    },
  });
  await openZoe();
  await userEvent.click(await screen.findByRole("button", { name: "Compare…" }));
  const dialog = await screen.findByRole("dialog", { name: "Merge two records" });
  const merge = await within(dialog).findByRole("button", { name: "Merge" });
  expect(document.activeElement).toBe(merge);
  const swap = within(dialog).getByRole("button", { name: "Swap the two" });
  await userEvent.click(swap);
  expect(merge.hasAttribute("disabled")).toBe(true);
  await vi.waitFor(() => expect(merge.hasAttribute("disabled")).toBe(false));
  expect(document.activeElement).toBe(swap);
});

test("two records with two dates of birth are doubted, and a key pressed by habit merges nothing", async () => {
  const called = show({
    patient_record: () => record({ alike: [zoe2] }),
    merge_preview: () => preview({ is_doubtful: true }),
    merge_patients: () => ({}),
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Compare…" }));
  const dialog = await screen.findByRole("dialog", { name: "Merge two records" });
  await within(dialog).findByText(/The dates of birth differ/);
  expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Cancel" }));
  expect(within(dialog).getByRole("button", { name: "Merge" }).hasAttribute("disabled")).toBe(false);
  await userEvent.keyboard("{Enter}");
  expect(called.filter(({ command }) => command === "merge_patients")).toEqual([]);
});

test("two records that clash cannot be merged", async () => {
  show({
    patient_record: () => record({ alike: [zoe2] }),
    merge_preview: () =>
      preview({ visits: 2, series: 1, clashes: [{ kept: visit(), merged: visit({ id: "v2" }) }] }),
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Compare…" }));
  const dialog = await screen.findByRole("dialog", { name: "Merge two records" });
  await within(dialog).findByText("2 visits and 1 series move to it.");
  expect(within(dialog).getByRole("button", { name: "Merge" }).hasAttribute("disabled")).toBe(true);
});

test.each([
  ["1984-03-12", new CalendarDate(2026, 3, 11), 41],
  ["1984-03-12", new CalendarDate(2026, 3, 12), 42],
  ["2000-02-29", new CalendarDate(2026, 2, 28), 25],
  ["2000-02-29", new CalendarDate(2026, 3, 1), 26],
])("somebody born %s is so old on a day", (born, day, age) => {
  expect(ageOn(born, day)).toBe(age);
});
