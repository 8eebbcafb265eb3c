import { defineConfig } from "@playwright/test";

import { browser } from "./chromium";

export default defineConfig({
  testDir: "checks",
  outputDir: "results",
  globalSetup: "./prepare.ts",
  fullyParallel: true,
  workers: 2,
  // A busy machine is slow, not wrong: what is waited for is a condition, never a time.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  // A key can come between two drawings of a busy machine; what fails thrice is a fault. The report names what failed once.
  retries: 2,
  reporter: [["dot"]],
  use: { ...browser, screenshot: "only-on-failure" },
});
