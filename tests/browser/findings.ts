/** What axe finds on a page. */

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What breaks some rules, one line for each rule and element. There is no frame in the window to look into. */
export async function findings(page: Page, runOnly: NonNullable<RunOptions["runOnly"]>): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(source);
  }
  const { violations } = await page.evaluate(
    // What holds is counted, not described, which takes most of the time. Nothing in the window plays or lies in a frame,
    // which is what would be read ahead.
    (only): Promise<AxeResults> =>
      window.axe.run(document, {
        runOnly: only,
        resultTypes: ["violations"],
        iframes: false,
        preload: false,
      }),
    runOnly,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  );
}

declare global {
  interface Window {
    axe: typeof import("axe-core");
  }
}
