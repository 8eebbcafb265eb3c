import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import type { ListPreview, ListRow } from "../lib/api";
import { answerCommands } from "../test/program";
import { ImportListDialog } from "./import-list-dialog";

const patient = (name: string) => ({
  name,
  phone: "",
  email: "",
  date_of_birth: null,
  availability: [],
  sensitivities: [],
  covers: [],
  notes: "",
});

const hit = {
  id: "zoe",
  name: "Zoé Gagnon",
  date_of_birth: null,
  phone: "",
  next_visit: null,
  last_visit: null,
} as unknown as Extract<ListRow["state"], { kind: "alike" }>["patients"][number];

const preview = (changes: Partial<ListPreview> = {}): ListPreview => ({
  headings: ["Name", "Born"],
  columns: {
    name: 0,
    first_name: null,
    last_name: null,
    phone: null,
    email: null,
    date_of_birth: 1,
    notes: null,
  },
  date_order: null,
  rows: [
    { line: 2, patient: patient("Ada Lovelace"), state: { kind: "new" } },
    { line: 3, patient: patient("Zoé Gagnon"), state: { kind: "alike", patients: [hit] } },
    { line: 4, patient: patient("Carl Young"), state: { kind: "faulty", why: "“soon” is no date of birth" } },
  ],
  new: 1,
  alike: 1,
  faulty: 1,
  entry: null,
  ...changes,
});

async function begin(answer = preview()) {
  const onClose = vi.fn();
  const calls = answerCommands({
    preview_patient_list: () => answer,
    import_patient_list: () => ({ ...answer, entry: 9 }),
  });
  render(
    <Surroundings>
      <ImportListDialog onClose={onClose} />
    </Surroundings>,
  );
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) {
    throw new Error("no file can be chosen");
  }
  await userEvent.upload(input, new File(["Name,Born"], "patients.csv", { type: "text/csv" }));
  const dialog = await screen.findByRole("dialog", { name: "Patients from a list" });
  const asked = (command: string) =>
    calls.filter((call) => call.command === command).map(({ values }) => values);
  return { dialog, asked, onClose };
}

test("who is new is added, and who may be here only when ticked", async () => {
  const { dialog, asked, onClose } = await begin();
  await within(dialog).findByText("Ada Lovelace");
  expect(dialog.textContent).toContain("like Zoé Gagnon");
  expect(dialog.textContent).toContain("“soon” is no date of birth");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "Zoé Gagnon" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Add 2 patients" }));
  expect(asked("import_patient_list")).toMatchObject([{ form: { also: [3] }, text: "Name,Born" }]);
  expect(onClose).toHaveBeenCalled();
});

test("another column is read again, without what was ticked before", async () => {
  const { dialog, asked } = await begin();
  await userEvent.click(await within(dialog).findByRole("checkbox", { name: "Zoé Gagnon" }));
  await userEvent.click(within(dialog).getByRole("button", { name: /Notes/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Born" }));
  expect(asked("preview_patient_list").at(-1)).toMatchObject({
    form: { columns: { name: 0, notes: 1 }, also: [] },
  });
});

test("where nobody is new nobody can be added", async () => {
  const { dialog } = await begin(preview({ rows: [], new: 0, alike: 0, faulty: 0 }));
  const button = await within(dialog).findByRole<HTMLButtonElement>("button", { name: "Add nobody" });
  expect(button.disabled).toBe(true);
});
