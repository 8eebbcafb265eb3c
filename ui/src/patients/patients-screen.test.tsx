import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
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

function show(answers: Parameters<typeof answerCommands>[0] = {}) {
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
    <Surroundings>
      <PatientsScreen />
    </Surroundings>,
  );
  return calls;
}

const called = (calls: ReturnType<typeof show>, command: string) =>
  calls.filter((call) => call.command === command).map(({ values }) => values);

test("typing searches, and the keyboard alone opens a record", async () => {
  const calls = show();
  await screen.findByText("Worked on lately");
  await userEvent.type(screen.getByRole("searchbox", { name: "Search patients" }), "Zoé");
  await screen.findByText("1 patient");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await screen.findByRole("heading", { level: 2, name: "Zoé Gagnon" });
  expect(screen.getByText("Visits ahead", { exact: false })).toBeDefined();
  expect(called(calls, "patient_record")).toContainEqual({ id: "zoe" });
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
  await screen.findByText("wait for the other program");
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
  const calls = show({ save_patient: ({ edited }) => edited, undo: () => ({ words: "Undone", entry: 2 }) });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Phone" }), "9");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Tires easily" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("Zoé Gagnon is saved.");
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await vi.waitFor(() => expect(called(calls, "undo")).toHaveLength(1));
  const [sent] = called(calls, "save_patient");
  expect(sent).toMatchObject({
    original: { phone: "416 555 0143", sensitivities: [] },
    edited: { phone: "416 555 01439", sensitivities: ["tires-easily"] },
  });
});

test("a refused edit keeps what was typed and says why", async () => {
  show({
    save_patient: () => {
      throw new Refusal("changed-meanwhile", "somebody else has changed notes");
    },
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit record" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Notes" }), "mine");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await within(dialog).findByText("somebody else has changed notes");
  expect(within(dialog).getByDisplayValue("mine")).toBeDefined();
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

test("two records that clash cannot be merged", async () => {
  const zoe2 = hit({ id: "zoe2", name: "Zoe Gagnon" });
  show({
    patient_record: () => record({ alike: [zoe2] }),
    merge_preview: () => ({
      kept: hit(),
      merged: zoe2,
      form: record().form,
      visits: 2,
      series: 1,
      clashes: [{ kept: visit(), merged: visit({ id: "v2" }) }],
    }),
  });
  await openZoe();
  await userEvent.click(screen.getByRole("button", { name: "Compare…" }));
  const dialog = await screen.findByRole("dialog", { name: "Merge two records" });
  await within(dialog).findByText("2 visits and 1 series move to it.");
  expect(within(dialog).getByRole("button", { name: "Merge" }).hasAttribute("disabled")).toBe(true);
});

test.each([
  ["1984-03-12", new Date(2026, 2, 11), 41],
  ["1984-03-12", new Date(2026, 2, 12), 42],
  ["2000-02-29", new Date(2026, 1, 28), 25],
  ["2000-02-29", new Date(2026, 2, 1), 26],
])("somebody born %s is so old on a day", (born, day, age) => {
  expect(ageOn(born, day)).toBe(age);
});
