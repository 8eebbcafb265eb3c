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
  reporter: [["dot"]],
  use: { ...browser, screenshot: "only-on-failure" },
});
