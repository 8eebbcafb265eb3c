import { expect, test } from "vitest";

import { groups, less, runs, together } from "./availability";

const window = (weekday: number, from_minute = 0, to_minute = 720) => ({ weekday, from_minute, to_minute });

test("days of one time are said together, as runs", () => {
  const found = groups([0, 1, 2, 4].map((day) => window(day)).concat(window(4, 900, 1440)));
  expect(found.map(({ days }) => days)).toEqual([[0, 1, 2, 4], [4]]);
  expect(runs([4, 0, 2, 1])).toEqual([
    [0, 2],
    [4, 4],
  ]);
});

test("what is added joins what it touches, and a group is taken away whole", () => {
  const both = together([window(1, 600, 720)], [window(1, 720, 900), window(2)]);
  expect(both).toEqual([window(1, 600, 900), window(2)]);
  const [first] = groups(both);
  expect(first && less(both, first)).toEqual([window(2)]);
});
