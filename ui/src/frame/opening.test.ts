import { expect, test, vi } from "vitest";

import { createQueryClient, dayQuery } from "../lib/queries";
import { currentDate } from "../lib/today";
import { answerCommands, Refusal } from "../test/program";
import { askAhead } from "./opening";
import { choose } from "./preferences";

const present = { must_sign_in: false, user: null, may: [], idle_minutes: 0, proposes_people: true };
const answers = {
  is_first_start: () => false,
  session: () => present,
  ahead_of_utc: () => 0,
  speak: () => null,
  day: ({ date }: Record<string, unknown>) => ({ date }),
  notices: () => [],
};

const named = (calls: { command: string }[]) => calls.map(({ command }) => command).sort();

test("the first four questions are asked at once, and the day of the board after them", async () => {
  let answer = (_: unknown) => {};
  const late = new Promise((resolve) => {
    answer = resolve;
  });
  const calls = answerCommands({ ...answers, session: () => late });
  const client = createQueryClient();
  const asked = askAhead(client);
  await vi.waitFor(() =>
    expect(named(calls)).toEqual(["ahead_of_utc", "is_first_start", "session", "speak"]),
  );
  answer(present);
  await asked;
  expect(named(calls)).toEqual(["ahead_of_utc", "day", "is_first_start", "notices", "session", "speak"]);
  const today = currentDate().toString();
  expect(client.getQueryData(dayQuery(today).queryKey)).toEqual({ date: today });
});

test.each([
  ["before there is a clinic", { is_first_start: () => true }],
  ["before somebody signs in", { session: () => ({ ...present, must_sign_in: true }) }],
  [
    "of a clinic that cannot be read",
    {
      is_first_start: () => {
        throw new Refusal("database", "it is not there");
      },
    },
  ],
])("no day is asked for %s", async (_, other) => {
  const calls = answerCommands({ ...answers, ...other });
  await askAhead(createQueryClient());
  expect(named(calls)).not.toContain("day");
});

test("no day is asked for where a week is shown", async () => {
  choose({ isWeek: true, weekOf: { kind: "room", id: "r1" } });
  const calls = answerCommands(answers);
  await askAhead(createQueryClient());
  expect(named(calls)).not.toContain("day");
});
