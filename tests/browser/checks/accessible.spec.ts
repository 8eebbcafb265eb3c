import type { Page } from "@playwright/test";

import { expect, keepPicture, looking, speak, test } from "../clinic";
import { findings } from "../findings";
import { places, visit } from "../places";
import { expectToFit } from "../sizes";

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Nothing but colours differs in the dark. */
const COLOURS = ["color-contrast", "link-in-text-block"];

async function inScheme(page: Page, colorScheme: "light" | "dark") {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
}

/** What is open above the screen, by its roles; what a toast says comes and goes by the clock. */
const opened = (page: Page) =>
  page
    .locator(
      "[role='dialog'], [role='menu'], [role='tooltip'], [role='listbox'], [role='alert']:not([role='alertdialog'] *)",
    )
    .evaluateAll((all) => all.map((each) => each.role).sort());

/** No rule is broken by light or in the dark; keeps a picture of each. */
async function expectAccessible(page: Page, name: string) {
  await inScheme(page, "light");
  expect(await findings(page, { type: "tag", values: WCAG_22_AA })).toEqual([]);
  await keepPicture(page, `${name}-light`);
  await inScheme(page, "dark");
  expect(await findings(page, { type: "rule", values: COLOURS })).toEqual([]);
  await keepPicture(page, `${name}-dark`);
  await inScheme(page, "light");
}

// One way there for every look that a place has: to be reached it takes longer than to be looked at.
for (const place of places) {
  const { name, isOfOneLanguage } = place;
  looking(`${name} in French and English, light and dark, at any size`, async ({ page, own, shared }) => {
    const size = page.viewportSize();
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await visit(place, { own, shared }, { language: "fr" });
    await expect(page.locator("html")).toHaveAttribute("lang", "fr-CA");
    await expectAccessible(page, `${name}-fr`);
    if (!isOfOneLanguage) {
      const open = await opened(page);
      await speak(page, "en");
      await expect.poll(() => opened(page), "the same is open in the other language").toEqual(open);
      await expectAccessible(page, `${name}-en`);
      await speak(page, "fr");
    }
    // French is the longer one: what it fits into, English does.
    await expectToFit(page, name);
    if (isOfOneLanguage && size) {
      await page.setViewportSize(size);
      await visit(place, { own, shared }, { language: "en" });
      await expect(page.locator("html")).toHaveAttribute("lang", "en-CA");
      await expectAccessible(page, `${name}-en`);
    }
  });
}

test("what would be wrong is found", async ({ page }) => {
  await page.setContent(
    `<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="x"><p style="color: #aaa">Pale</p></main></html>`,
  );
  const found = (await findings(page, { type: "tag", values: WCAG_22_AA })).map((line) => line.split(":")[0]);
  expect(found.sort()).toEqual(["color-contrast", "image-alt"]);
  expect(await findings(page, { type: "rule", values: ["image-alt"] })).toHaveLength(1);
});
