import { defineConfig } from "@playwright/test";

import { browser } from "./chromium";

export default defineConfig({
  testDir: "gallery",
  outputDir: "results",
  workers: 1,
  expect: { timeout: 60_000 },
  reporter: [["line"]],
  use: browser,
});
