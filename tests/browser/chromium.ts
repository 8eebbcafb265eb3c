/** The browser that every check and figure runs in: the system's Chromium, asking nothing of the network. */

import { existsSync } from "node:fs";

import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

export const browser: Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> = {
  viewport: { width: 1280, height: 800 },
  locale: "en-CA",
  // The clinics' own zone, so that today is the same day for the page and the program.
  timezoneId: "America/Toronto",
  launchOptions: {
    executablePath: process.env.ORDO_TEST_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

/** The same without what a browser has around its pages, in which nothing is measured but a check is over sooner. */
const bare = "/usr/bin/chromium-headless-shell";

/** The browser of the checks. */
export const checked = {
  ...browser,
  launchOptions: {
    ...browser.launchOptions,
    ...(!process.env.ORDO_TEST_CHROMIUM && existsSync(bare) && { executablePath: bare }),
  },
};
