import { defineConfig } from "@playwright/test";

import { browser } from "./chromium";

export default defineConfig({
  testDir: "bench",
  outputDir: "results",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["./bench/table-reporter.ts"]],
  use: { ...browser, actionTimeout: 60_000 },
});
