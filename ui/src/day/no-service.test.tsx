import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import { useNavigation } from "../frame/navigation";
import { dayView, practitioner } from "../test/days";
import { hits } from "../test/patients";
import { answerCommands } from "../test/program";
import { DayScreen } from "./day-screen";

const anna = practitioner();

function show(services: object[]) {
  answerCommands({
    day: ({ date }) => dayView(String(date), [anna]),
    practitioners: () => [{ id: anna.id, name: anna.name }],
    services: () => services,
    search_patients: () => hits([]),
  });
  const At = () => <output>{useNavigation().target.section}</output>;
  render(
    <Surroundings>
      <DayScreen />
      <At />
    </Surroundings>,
  );
  return screen.findByRole("button", { name: "New visit" });
}

test("in a clinic without services the next free time leads to the first one, with nothing to choose from", async () => {
  await show([]);
  await userEvent.keyboard("f");
  const bar = await screen.findByRole("region", { name: "Next free" });
  await userEvent.click(await within(bar).findByRole("button", { name: "Add a service" }));
  expect(within(bar).queryByRole("button", { name: "Book here" })).toBeNull();
  expect(screen.getByText("services")).toBeDefined();
});

test("the card for a new visit leads there too", async () => {
  await userEvent.click(await show([]));
  const card = await screen.findByRole("dialog", { name: "New visit" });
  await userEvent.click(await within(card).findByRole("button", { name: "Add a service" }));
  expect(screen.getByText("services")).toBeDefined();
});

test("what is typed on the card is not lost on the way without a question", async () => {
  await userEvent.click(await show([]));
  const card = await screen.findByRole("dialog", { name: "New visit" });
  await userEvent.type(within(card).getByRole("textbox", { name: "Note" }), "Left knee");
  await userEvent.click(await within(card).findByRole("button", { name: "Add a service" }));
  await userEvent.click(within(card).getByRole("button", { name: "Keep editing" }));
  expect(within(card).getByDisplayValue("Left knee")).toBeDefined();
  expect(screen.queryByText("services")).toBeNull();
  // The way that was asked about is the one that is gone, and closing is still closing.
  await userEvent.click(within(card).getByRole("button", { name: "Add a service" }));
  await userEvent.click(within(card).getByRole("button", { name: "Discard" }));
  expect(screen.getByText("services")).toBeDefined();
});

test("somebody who offers no service is named, with the way to choose some", async () => {
  await userEvent.click(await show([{ id: "physio", name: "Physio", minutes: 30, practitioners: ["bo"] }]));
  const card = await screen.findByRole("dialog", { name: "New visit" });
  await within(card).findByText(`${anna.name} offers no service yet.`);
  await userEvent.click(within(card).getByRole("button", { name: "Choose services" }));
  expect(screen.getByText("practitioners")).toBeDefined();
});
