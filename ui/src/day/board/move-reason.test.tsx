import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../../frame/app";
import { appointment, dayView, practitioner } from "../../test/days";
import { answerCommands, Refusal } from "../../test/program";
import { DayScreen } from "../day-screen";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 23, 10) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Anna's visit at nine may move about her day with a reason; Bo does not offer its service. */
async function take(keys: string, answers: { place_visit?: () => unknown } = {}) {
  const calls = answerCommands({
    day: ({ date }) =>
      dayView(String(date), [
        practitioner({ appointments: [appointment({ patient_name: "Ana" })] }),
        practitioner({ id: "bo", name: "Bo Brown" }),
      ]),
    starts: () => [
      {
        practitioner: "anna",
        stretches: [{ from_minute: 0, to_minute: 1425, state: "reason", words: "a visit is there" }],
      },
    ],
    place_visit: () => ({ entry: 3, words: "visit moved" }),
    ...answers,
  });
  render(
    <Surroundings>
      <DayScreen />
    </Surroundings>,
  );
  (await screen.findByRole("button", { name: /Ana, Massage/ })).focus();
  await userEvent.keyboard(keys);
  return calls;
}

test("whoever is asked for a reason is told which visit would lie where", async () => {
  const calls = await take("{Alt>}{ArrowDown}{/Alt}");
  await screen.findByText(/^09:15 with Anna Alvarez: possible with a reason/);
  await userEvent.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "This breaks a rule" });
  expect(dialog.textContent).toContain("Ana");
  expect(dialog.textContent).toContain("09:15–10:15 · Anna Alvarez");
  expect(within(dialog).getByText("a visit is there")).toBeDefined();
  await userEvent.keyboard("she asked{Enter}");
  await screen.findByText("visit moved");
  expect(calls.find(({ command }) => command === "place_visit")?.values).toMatchObject({
    place: { minute: 555, override_reason: "she asked" },
  });
});

test("a reason that is typed is not lost by Escape", async () => {
  await take("{Alt>}{ArrowDown}{/Alt}");
  await screen.findByText(/^09:15 with Anna Alvarez: possible with a reason/);
  await userEvent.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "This breaks a rule" });
  await userEvent.keyboard("she asked{Escape}");
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep editing" }));
  expect(within(dialog).getByDisplayValue("she asked")).toBeDefined();
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep it" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a reason that was refused is still there to be sent again", async () => {
  await take("{Alt>}{ArrowDown}{/Alt}", {
    place_visit: () => {
      throw new Refusal("busy", "another program is writing");
    },
  });
  await screen.findByText(/^09:15 with Anna Alvarez: possible with a reason/);
  await userEvent.keyboard("{Enter}");
  await screen.findByRole("dialog", { name: "This breaks a rule" });
  await userEvent.keyboard("she asked{Enter}");
  await screen.findByText("another program is writing");
  expect(await screen.findByDisplayValue("she asked")).toBeDefined();
});

test("over somebody who does not offer the service a visit is told so by name", async () => {
  await take("{Alt>}{ArrowRight}{/Alt}");
  await screen.findByText("09:00 with Bo Brown: not possible: Bo Brown does not offer this service");
  await userEvent.keyboard("{Enter}");
  await screen.findByText("Not moved: Bo Brown does not offer this service");
});
