import { defineConfig } from "@playwright/test";

import { checked } from "./chromium";

export default defineConfig({
  testDir: "checks",
  outputDir: "results",
  globalSetup: "./prepare.ts",
  fullyParallel: true,
  // One more than the two cores of a small machine: a check waits for its page about as long as it works.
  workers: 3,
  // A busy machine is slow, not wrong: what is waited for is a condition, never a time.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [["dot"]],
  use: { ...checked, screenshot: "only-on-failure" },
});
