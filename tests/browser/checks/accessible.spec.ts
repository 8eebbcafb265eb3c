import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, keepPicture, test } from "../clinic";
import { places, visit } from "../places";

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds, one line for each rule and element. */
async function faults(page: Page, narrow: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // There is no frame in the window, so that the findings need no page of their own to be put together.
  const { violations } = await narrow(new AxeBuilder({ page }).setLegacyMode(true)).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  );
}

for (const language of ["en", "fr"] as const) {
  for (const place of places) {
    test(`${place.name} in ${language}, light and dark`, async ({ page, own, shared }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await visit(place, { own, shared }, { language });
      await expect(page.locator("html")).toHaveAttribute("lang", `${language}-CA`);
      expect(await faults(page, (axe) => axe.withTags(WCAG_22_AA))).toEqual([]);
      await keepPicture(page, `${place.name}-${language}-light`);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      // Nothing but colours differs in the dark.
      expect(await faults(page, (axe) => axe.withRules(["color-contrast", "link-in-text-block"]))).toEqual(
        [],
      );
      await keepPicture(page, `${place.name}-${language}-dark`);
    });
  }
}
