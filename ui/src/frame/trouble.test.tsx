import { useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { dayQuery } from "../lib/queries";
import { appointment, dayView, practitioner } from "../test/days";
import { answerCommands, Refusal } from "../test/program";
import { Surroundings } from "./app";
import { useRefresh } from "./journal";
import { Trouble } from "./trouble";

function Window() {
  useRefresh();
  const { data } = useQuery(dayQuery("2026-11-23"));
  return (
    <>
      <Trouble />
      <p>{data?.practitioners[0]?.appointments[0]?.patient_name ?? "nothing"}</p>
    </>
  );
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the window look once more, and what it asks be answered. */
const look = () => act(() => vi.advanceTimersByTimeAsync(1500));

test("a clinic that is away is told of, what was read stays, and all is read again when it is back", async () => {
  let isAway = false;
  let name = "Ana";
  const away = () => {
    if (isAway) {
      throw new Refusal("database", "clinic.ordo is no longer there; put it back in its place");
    }
  };
  answerCommands({
    last_change: () => {
      away();
      return 7;
    },
    day: ({ date }) => {
      away();
      return dayView(String(date), [practitioner({ appointments: [appointment({ patient_name: name })] })]);
    },
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await look();
  screen.getByText("Ana");
  expect(screen.queryByRole("alert")).toBeNull();
  isAway = true;
  await look();
  expect(screen.getByRole("alert").textContent).toContain("put it back in its place");
  screen.getByText("Ana");
  // Something else was put in its place, with the same number of changes.
  name = "Bo";
  isAway = false;
  await look();
  await look();
  expect(screen.queryByRole("alert")).toBeNull();
  screen.getByText("Bo");
});

test("a locked database is asked once at a time, and that there is no clinic yet is no trouble", async () => {
  let refuse: ((reason: unknown) => void) | undefined;
  const calls = answerCommands({
    last_change: () =>
      new Promise((_, reject) => {
        refuse = reject;
      }),
    day: ({ date }) => dayView(String(date), []),
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await look();
  await look();
  expect(calls.filter(({ command }) => command === "last_change")).toHaveLength(1);
  refuse?.(new Refusal("busy", "another program is writing; try again"));
  await look();
  expect(screen.getByRole("alert").textContent).toContain("Another program is using the clinic");
  refuse?.(new Refusal("no-clinic", "the database holds no clinic yet"));
  await look();
  expect(screen.queryByRole("alert")).toBeNull();
});
