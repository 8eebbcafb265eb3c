import { expect, test } from "vitest";

import { END_OF_DAY } from "../lib/times";
import { turned, WHEN, whenOf } from "./when";

test.each([
  ["all day", 0, END_OF_DAY],
  ["before half past midnight", 0, 30],
  ["before noon", 0, 720],
  ["after noon", 720, END_OF_DAY],
  ["after half past eleven at night", 1410, END_OF_DAY],
  ["in between", 540, 1020],
])("%s is said every other way", (_, from_minute, to_minute) => {
  for (const when of WHEN) {
    const span = turned({ from_minute, to_minute }, when);
    expect(whenOf(span)).toBe(when);
    expect(span.from_minute).toBeLessThan(span.to_minute);
  }
});
