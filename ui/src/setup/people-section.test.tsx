import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { PeopleView, PersonLine } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { PeopleSection } from "./people-section";

const pia: PersonLine = {
  id: "u-pia",
  name: "Pia Côté",
  role: "practitioner",
  practitioner: "pia",
  practitioner_name: "Pia Côté",
  active: true,
  locked_out: true,
  secret: "pin",
};
const olga: PersonLine = {
  ...pia,
  id: "u-olga",
  name: "Olga Owner",
  role: "owner",
  practitioner: null,
  practitioner_name: null,
  locked_out: false,
  secret: "password",
};

function show(people: PersonLine[], answers: Parameters<typeof answerCommands>[0] = {}) {
  const view: PeopleView = { people, practitioners: [{ id: "pia", name: "Pia Côté" }], idle_minutes: 10 };
  const calls = answerCommands({
    people: () => view,
    save_user: () => "u-new",
    lift_lock_out: () => null,
    set_idle_minutes: () => null,
    lock_boxes: () => [{ patient: "omar", patient_name: "Omar Haddad", users: ["u-pia"] }],
    lock_box: () => ({ is_closed: true, users: ["u-pia"], people: [{ id: "u-pia", name: "Pia Côté" }] }),
    put_lock_box: () => null,
    ...answers,
  });
  render(
    <Surroundings>
      <PeopleSection />
    </Surroundings>,
  );
  return calls;
}

test("the first person is an owner, and both secrets must be the same", async () => {
  const calls = show([]);
  await userEvent.click(await screen.findByRole("button", { name: "Add yourself" }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Olga Owner");
  await userEvent.type(screen.getByLabelText("Password, 8 characters or more"), "quiet-otter");
  await userEvent.type(screen.getByLabelText("Once more"), "quiet-ottex");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("not the same");
  expect(calls.some(({ command }) => command === "save_user")).toBe(false);
  await userEvent.type(screen.getByLabelText("Once more"), "{Backspace}r{Enter}");
  await screen.findByText("Saved.");
  expect(calls.find(({ command }) => command === "save_user")?.values).toEqual({
    id: null,
    form: {
      name: "Olga Owner",
      role: "owner",
      practitioner: null,
      active: true,
      secret: "password",
      new_secret: "quiet-otter",
    },
  });
});

test("somebody who was locked out is let in again", async () => {
  const calls = show([olga, pia]);
  await screen.findByText("Locked out after too many wrong attempts");
  await userEvent.click(screen.getByRole("button", { name: "Let in again" }));
  await screen.findByText("Pia Côté can sign in again.");
  expect(calls.find(({ command }) => command === "lift_lock_out")?.values).toEqual({ id: "u-pia" });
});

test("a PIN is reset, an empty one stays, and a refusal is shown", async () => {
  const calls = show([olga, pia], {
    save_user: () => {
      throw new Refusal("bad-request", "the clinic needs an owner who can sign in");
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Edit Olga Owner" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "May sign in" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("needs an owner");
  expect(calls.find(({ command }) => command === "save_user")?.values).toMatchObject({
    id: "u-olga",
    form: { active: false, new_secret: null },
  });
});

test("an owner opens a lock-box that does not name them", async () => {
  const calls = show([olga, pia]);
  await userEvent.click(await screen.findByRole("button", { name: "Change who may see Omar Haddad" }));
  await userEvent.click(await screen.findByRole("button", { name: "Open to everybody" }));
  await screen.findByText("The record is open to everybody again.");
  expect(calls.find(({ command }) => command === "put_lock_box")?.values).toEqual({
    patient: "omar",
    users: null,
  });
});
