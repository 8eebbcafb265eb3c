import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../../frame/app";
import { practitioner } from "../../test/days";
import { hit, hits, record } from "../../test/patients";
import { answerCommands } from "../../test/program";
import { BookingDialog } from "./booking-dialog";

function show(asked: { patient?: string; minutes?: number } = {}) {
  const givers = ["anna"];
  const closed: true[] = [];
  const calls = answerCommands({
    services: () => [
      { id: "first", name: "First visit", minutes: 60, practitioners: givers },
      { id: "usual", name: "Follow-up", minutes: 30, practitioners: givers },
    ],
    practitioners: () => [{ id: "anna", name: "Anna Alvarez" }],
    proposed_service: ({ patient }) => (patient === "zoe" ? "usual" : "first"),
    search_patients: () => hits([hit()]),
    patient_record: ({ id }) => record({ id: String(id) }),
    weigh: () => ({
      state: "legal",
      broken: [],
      to_minute: 570,
      room: null,
      rooms: [],
      before: null,
      after: null,
    }),
    book_visit: () => ({ words: "visit booked", entry: 7 }),
  });
  render(
    <Surroundings>
      <BookingDialog
        date="2026-11-23"
        minute={540}
        practitioner="anna"
        room={undefined}
        practitioners={[practitioner()]}
        onClose={() => closed.push(true)}
        onBooked={() => {}}
        {...asked}
      />
    </Surroundings>,
  );
  return { calls, closed };
}

const service = () => screen.findByRole("button", { name: /Service/ });

test("the service is the one that the program proposes for the patient, until another is chosen", async () => {
  const { calls } = show();
  await screen.findByText("First visit · 60 min", { ignore: "option" });
  await userEvent.click(await screen.findByRole("option", { name: /Zoé Gagnon/ }));
  await screen.findByText("Follow-up · 30 min", { ignore: "option" });
  await userEvent.click(await service());
  await userEvent.click(await screen.findByRole("option", { name: /First visit/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Book" }));
  const booked = calls.find(({ command }) => command === "book_visit");
  expect(booked?.values).toMatchObject({ visit: { patient: "zoe", service: "first" } });
});

test("a length that was drawn is told to the program", async () => {
  const { calls } = show({ minutes: 45 });
  await service();
  const asked = calls.find(({ command }) => command === "proposed_service");
  expect(asked?.values).toEqual({ patient: null, practitioner: "anna", minutes: 45 });
});

test("from the patient the keyboard goes on to the service, and Enter does not undo the choice", async () => {
  show();
  await screen.findByRole("option", { name: /Zoé Gagnon/ });
  await userEvent.keyboard("zoe{Enter}");
  await within(screen.getByRole("dialog")).findByText("Zoé Gagnon");
  expect(document.activeElement).toBe(await service());
  await userEvent.keyboard("{Enter}{Escape}");
  expect(screen.getByText("Zoé Gagnon")).toBeDefined();
});

test("where the patient is known already the card begins at the service", async () => {
  show({ patient: "zoe" });
  await screen.findByText("Zoé Gagnon");
  expect(document.activeElement).toBe(await service());
});

test("a patient who was chosen is not lost by Escape without a question", async () => {
  const { closed } = show();
  await userEvent.click(await screen.findByRole("option", { name: /Zoé Gagnon/ }));
  await within(screen.getByRole("dialog")).findByText("Zoé Gagnon");
  await userEvent.keyboard("{Escape}");
  expect(screen.getByRole("alert").textContent).toBe("Discard this visit?");
  await userEvent.click(screen.getByRole("button", { name: "Keep editing" }));
  expect({ closed, name: screen.getByText("Zoé Gagnon").textContent }).toEqual({
    closed: [],
    name: "Zoé Gagnon",
  });
  // With nobody chosen any more there is nothing to lose.
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(closed).toEqual([true]);
});

test("a card that opened with its patient closes at once, also after somebody else was looked for", async () => {
  const { closed } = show({ patient: "zoe" });
  await screen.findByText("Zoé Gagnon");
  await service();
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true]);
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true, true]);
});
