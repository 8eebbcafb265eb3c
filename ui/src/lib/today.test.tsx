import { render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { answerCommands, Refusal } from "../test/program";
import { currentDate, currentMinute, useClinicClock } from "./today";

afterEach(() => {
  vi.useRealTimers();
});

function Present() {
  const isAsked = useClinicClock();
  return isAsked ? <p>{`asked, ${currentDate()}, ${currentMinute()}`}</p> : null;
}

test("until the clinic can say otherwise the present is the computer's", async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 26, 9, 30), shouldAdvanceTime: true });
  answerCommands({
    ahead_of_utc: () => {
      throw new Refusal("database", "the file cannot be read");
    },
  });
  render(<Present />);
  await screen.findByText("asked, 2026-11-26, 570");
});

test("the present is the clinic's wherever the computer is, and follows the change of the clocks", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 26, 23, 50), shouldAdvanceTime: true });
  let ahead = 13 * 60;
  answerCommands({ ahead_of_utc: () => ahead });
  render(<Present />);
  await screen.findByText("asked, 2026-11-27, 770");
  ahead = -5 * 60;
  await vi.advanceTimersByTimeAsync(15_000);
  expect([currentDate().toString(), currentMinute()]).toEqual(["2026-11-26", 1130]);
});
