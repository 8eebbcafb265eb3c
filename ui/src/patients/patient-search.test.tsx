import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { hit, hits } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { PatientSearch } from "./patient-search";

function show(search: Parameters<typeof answerCommands>[0]["search_patients"]) {
  const chosen: string[] = [];
  answerCommands({ search_patients: search });
  render(
    <Surroundings>
      <PatientSearch onChoose={({ id }) => chosen.push(id)} onNew={() => undefined} />
    </Surroundings>,
  );
  return chosen;
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

/** Zoé is seen lately; whoever is typed is found once the search is let go. */
function slow() {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const chosen = show(async ({ text }) => {
    if (text !== "") {
      await held;
    }
    return hits([text === "omar" ? hit({ id: "omar", name: "Omar Haddad" }) : hit()]);
  });
  return { chosen, letGo };
}

test("Enter chooses the first of what is typed, however fast, and not who stood there before", async () => {
  const { chosen, letGo } = slow();
  await screen.findByText(hit().name);
  await userEvent.type(screen.getByRole("searchbox", { name: "Patient" }), "omar{Enter}");
  expect(chosen).toEqual([]);
  letGo();
  await vi.waitFor(() => expect(chosen).toEqual(["omar"]));
});

test("who is chosen meanwhile in another way stays chosen", async () => {
  const { chosen, letGo } = slow();
  await screen.findByText(hit().name);
  await userEvent.type(screen.getByRole("searchbox", { name: "Patient" }), "omar{Enter}");
  cleanup();
  letGo();
  await new Promise((resolve) => setTimeout(resolve));
  expect(chosen).toEqual([]);
});
