import { existsSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { original } from "../programs";

const now = Date.now;

test.afterEach(() => {
  Date.now = now;
});

test("a run that goes on past midnight keeps to the clinics that were made for it", () => {
  const before = original("small");
  Date.now = () => now() + 24 * 60 * 60 * 1000;
  expect(original("small")).toBe(before);
  expect(existsSync(before.replace("small-", "people-"))).toBe(true);
});
