import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { followed } from "../lib/pending";
import { Words } from "../test/words";
import { Progress } from "./progress";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("only a wait that is felt is shown, and it ends with the answer, whatever that is", async () => {
  render(
    <Words>
      <Progress />
    </Words>,
  );
  const said = () => screen.getByRole("status").textContent;
  let answer = () => {};
  let refuse = () => {};
  const quick = followed(Promise.resolve());
  await act(() => quick);
  const slow = followed(
    new Promise<void>((resolve) => {
      answer = resolve;
    }),
  );
  const refused = followed(
    new Promise<void>((_, reject) => {
      refuse = () => reject(new Error("refused"));
    }),
  ).catch(() => {});
  act(() => {
    vi.advanceTimersByTime(299);
  });
  expect(said()).toBe("");
  act(() => {
    vi.advanceTimersByTime(2);
  });
  expect(said()).toBe("Working…");
  await act(async () => {
    answer();
    await slow;
  });
  expect(said()).toBe("Working…");
  await act(async () => {
    refuse();
    await refused;
  });
  expect(said()).toBe("");
});
