import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { useDeed, useRefresh } from "../frame/journal";
import { appointment, dayView, practitioner } from "../test/days";
import { answerCommands } from "../test/program";
import { putStatus } from "./api";
import { createQueryClient, dayQuery } from "./queries";
import { afterChange, askOnce, readAgain } from "./refresh";

const DATE = "2026-11-23";

const dayWith = (name: string) =>
  dayView(DATE, [practitioner({ appointments: [appointment({ patient_name: name })] })]);

/** The day's one patient, and a way to do something to their visit. */
function Window() {
  useRefresh();
  const deed = useDeed();
  return (
    <>
      <Shown />
      <button type="button" onClick={() => void deed(() => putStatus("visit", "arrived"))}>
        Arrived
      </button>
    </>
  );
}

function Shown() {
  const { data } = useQuery(dayQuery(DATE));
  return <p>{data?.practitioners[0]?.appointments[0]?.patient_name ?? "nothing"}</p>;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass, and what is asked in it be answered. */
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

test("an answer that was on its way before a change is not taken for what is there after it", async () => {
  const answers: ((name: string) => void)[] = [];
  answerCommands({
    last_change: () => 1,
    day: () => new Promise((found) => answers.push((name) => found(dayWith(name)))),
  });
  const client = createQueryClient();
  render(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  );
  await pass(0);
  void afterChange(client);
  await pass(0);
  // The first question is asked anew, and its late answer comes last.
  expect(answers).toHaveLength(2);
  answers[1]?.("after");
  answers[0]?.("before");
  await pass(0);
  screen.getByText("after");
});

test("what nobody looks at is asked again later, though its answer was on its way", async () => {
  let name = "before";
  let answer: (() => void) | undefined;
  answerCommands({
    day: () => {
      const given = dayWith(name);
      return new Promise((found) => {
        answer = () => found(given);
      });
    },
  });
  const client = createQueryClient();
  void client.prefetchQuery(dayQuery(DATE));
  await pass(0);
  await readAgain(client);
  answer?.();
  await pass(0);
  name = "after";
  render(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  );
  await pass(0);
  answer?.();
  await pass(0);
  screen.getByText("after");
});

test("what is asked once is answered though everything is read again meanwhile", async () => {
  const answers: (() => void)[] = [];
  answerCommands({ day: () => new Promise((found) => answers.push(() => found(dayWith("Ana")))) });
  const client = createQueryClient();
  const asked = askOnce(client, dayQuery(DATE));
  await pass(0);
  await readAgain(client);
  await pass(0);
  for (const answer of answers) {
    answer();
  }
  expect((await asked).practitioners).toHaveLength(1);
});

test("a deed is read once: the look at the journal's number knows it already", async () => {
  let newest = 7;
  const calls = answerCommands({
    last_change: () => newest,
    day: () => dayWith("Ana"),
    put_status: () => {
      newest += 1;
      return { words: "visit arrived", patient: "Ana", entry: newest };
    },
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await pass(1500);
  calls.length = 0;
  act(() => screen.getByText("Arrived").click());
  await pass(3000);
  const count = (name: string) => calls.filter(({ command }) => command === name).length;
  expect(count("put_status")).toBe(1);
  expect(count("day")).toBe(1);
  // One with the deed, and the looks of three seconds.
  expect(count("last_change")).toBe(4);

  // Another program's change is still found.
  newest += 1;
  await pass(1500);
  expect(count("day")).toBe(2);
});

test("an answer about the newest change that was overtaken is forgotten", async () => {
  const answers: ((newest: number) => void)[] = [];
  const calls = answerCommands({
    last_change: () => new Promise((found) => answers.push(found)),
    day: () => dayWith("Ana"),
    put_status: () => ({ words: "visit arrived", patient: "Ana", entry: 8 }),
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await pass(0);
  answers[0]?.(7);
  await pass(1000);
  // The look of this second is slow, and the deed comes between.
  act(() => screen.getByText("Arrived").click());
  await pass(0);
  answers[2]?.(8);
  await pass(0);
  answers[1]?.(7);
  await pass(1000);
  answers[3]?.(8);
  await pass(0);
  expect(calls.filter(({ command }) => command === "day")).toHaveLength(2);
});

test("a deed that a look has heard of before it was answered is read once, too", async () => {
  let newest = 7;
  let answer: (() => void) | undefined;
  const calls = answerCommands({
    last_change: () => newest,
    day: () => dayWith("Ana"),
    put_status: () => {
      newest += 1;
      return new Promise((found) => {
        answer = () => found({ words: "visit arrived", patient: "Ana", entry: newest });
      });
    },
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await pass(1500);
  calls.length = 0;
  act(() => screen.getByText("Arrived").click());
  await pass(1500);
  answer?.();
  await pass(1500);
  expect(calls.filter(({ command }) => command === "day")).toHaveLength(1);
});

test("a look that is answered while the deed asks for the number does not have everything read twice", async () => {
  const answers: ((newest: number) => void)[] = [];
  const calls = answerCommands({
    last_change: () => new Promise((found) => answers.push(found)),
    day: () => dayWith("Ana"),
    put_status: () => ({ words: "visit arrived", patient: "Ana", entry: 8 }),
  });
  render(
    <Surroundings>
      <Window />
    </Surroundings>,
  );
  await pass(0);
  answers[0]?.(7);
  await pass(1000);
  act(() => screen.getByText("Arrived").click());
  await pass(0);
  calls.length = 0;
  answers[1]?.(8);
  await pass(0);
  answers[2]?.(8);
  await pass(100);
  expect(calls.filter(({ command }) => command === "day")).toHaveLength(1);
});
