import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { columnsInSight, hoursInSight, useInSight } from "./use-in-sight";

const scale = { shown: { from_minute: 480, to_minute: 1200 }, hourHeight: 60 };

test.each([
  ["another day is seen from its top", undefined, 480, 840],
  ["today is seen around the present", 800, 680, 1040],
  ["before the first hour it begins at the top", 300, 480, 840],
  ["in the evening it reaches the last hour", 1190, 840, 1200],
])("%s", (_, present, from_minute, to_minute) => {
  expect(hoursInSight(present, scale, 360)).toEqual({ from_minute, to_minute });
});

test("a day that is shorter than the window is seen whole", () => {
  const { from_minute, to_minute } = hoursInSight(800, scale, 4000);
  expect(from_minute).toBe(480);
  expect(to_minute).toBeGreaterThan(1200);
});

test.each([
  [[100, 100, 100], 1000, 3],
  [[100, 100, 100], 201, 3],
  [[100, 100, 100], 200, 2],
  [[300, 100], 200, 1],
  [[], 200, 0],
])("of columns of %j pixels, a window of %d shows %d", (widths, width, count) => {
  expect(columnsInSight(widths, width)).toBe(count);
});

test("the rest is drawn after the first picture, also where none is painted", () => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", () => 0);
  try {
    const { result } = renderHook(() => useInSight(false, scale));
    expect(result.current).toBeDefined();
    act(() => vi.advanceTimersByTime(400));
    expect(result.current).toBeUndefined();
  } finally {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  }
});
