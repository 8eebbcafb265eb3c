import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import { hit, hits } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { PatientSearch } from "./patient-search";

function show(search: Parameters<typeof answerCommands>[0]["search_patients"]) {
  answerCommands({ search_patients: search });
  render(
    <Surroundings>
      <PatientSearch onChoose={() => undefined} onNew={() => undefined} />
    </Surroundings>,
  );
}

test("who is not found is said, and a new patient is offered", async () => {
  show(({ text }) => hits(text === "" ? [hit()] : []));
  await screen.findByText(hit().name);
  expect(screen.queryByText("Nobody is found by that.")).toBeNull();
  await userEvent.type(screen.getByRole("searchbox", { name: "Patient" }), "Zz");
  await screen.findByText("Nobody is found by that.");
  expect(screen.getByRole("option", { name: "New patient…" })).toBeDefined();
});

test("a search that fails says why", async () => {
  show(() => {
    throw new Refusal("database", "the disk is full");
  });
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
});
