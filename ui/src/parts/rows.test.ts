import { expect, test } from "vitest";

import { nextStretch } from "./rows";

test("what is added to a week goes on the day after the last row, with its hours", () => {
  expect(nextStretch([])).toEqual({ weekday: 0, from_minute: 540, to_minute: 1020 });
  const rows = [
    { weekday: 3, from_minute: 480, to_minute: 720, valid_from: "2026-01-05" },
    { weekday: 6, from_minute: 600, to_minute: 840, valid_from: null },
  ];
  expect(nextStretch(rows)).toEqual({ weekday: 0, from_minute: 600, to_minute: 840 });
});
