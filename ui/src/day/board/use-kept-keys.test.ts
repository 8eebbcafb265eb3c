import { expect, test } from "vitest";

import { keptKeys } from "./use-kept-keys";

const keys = (before: Record<string, number>, ids: string[]) =>
  Object.fromEntries(keptKeys(new Map(Object.entries(before)), ids));

test("new visits are drawn over those of the day before", () => {
  expect(keys({}, ["a", "b"])).toEqual({ a: 0, b: 1 });
  expect(keys({ a: 0, b: 1 }, ["c", "d", "e"])).toEqual({ c: 0, d: 1, e: 2 });
  expect(keys({ a: 0, b: 1 }, ["c"])).toEqual({ c: 0 });
});

test("a visit that stays keeps its element, whatever comes or goes beside it", () => {
  expect(keys({ a: 0, b: 1, c: 2 }, ["n", "a", "c"])).toEqual({ n: 1, a: 0, c: 2 });
  expect(keys({ b: 7 }, ["a", "b"])).toEqual({ a: 8, b: 7 });
});
