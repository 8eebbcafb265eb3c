import { existsSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { original } from "../programs";

const Present = Date;

/** The clock of this process, a day on. */
class DayOn extends Present {
  constructor() {
    super(DayOn.now());
  }

  static override now = () => Present.now() + 24 * 60 * 60 * 1000;
}

test.afterEach(() => {
  globalThis.Date = Present;
});

test("a run that goes on past midnight keeps to the clinics that were made for it", () => {
  const before = original("small");
  globalThis.Date = DayOn as unknown as DateConstructor;
  expect(original("small")).toBe(before);
  expect(existsSync(before.replace("small-", "people-"))).toBe(true);
});
