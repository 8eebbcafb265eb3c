import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useInTurn } from "./use-in-turn";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const turn = () => act(() => vi.advanceTimersToNextTimer());

test("parts are drawn some at a time, until all are there", () => {
  const { result, rerender } = renderHook(({ count }) => useInTurn(count, 3), { initialProps: { count: 8 } });
  expect(result.current).toBe(3);
  turn();
  expect(result.current).toBe(6);
  turn();
  expect(result.current).toBe(8);
  turn();
  rerender({ count: 20 });
  expect(result.current).toBe(20);
  expect(vi.getTimerCount()).toBe(0);
});

test("a short list is there at once, and grows at once", () => {
  const { result, rerender } = renderHook(({ count }) => useInTurn(count, 3), { initialProps: { count: 2 } });
  expect(result.current).toBe(2);
  turn();
  rerender({ count: 9 });
  expect(result.current).toBe(9);
});
