import { expect, keepPicture, looking, test } from "../clinic";
import { findings } from "../findings";
import { places, visit } from "../places";
import { expectToFit } from "../sizes";

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const language of ["en", "fr"] as const) {
  for (const place of places) {
    const sizes = language === "fr" ? ", at its size, at 200 % and at 320 pixels" : "";
    looking(`${place.name} in ${language}, light and dark${sizes}`, async ({ page, own, shared }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await visit(place, { own, shared }, { language });
      await expect(page.locator("html")).toHaveAttribute("lang", `${language}-CA`);
      expect(await findings(page, { type: "tag", values: WCAG_22_AA })).toEqual([]);
      await keepPicture(page, `${place.name}-${language}-light`);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      // Nothing but colours differs in the dark.
      const colours = ["color-contrast", "link-in-text-block"];
      expect(await findings(page, { type: "rule", values: colours })).toEqual([]);
      await keepPicture(page, `${place.name}-${language}-dark`);
      // French is the longer one: what it fits into, English does.
      if (language === "fr") {
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
        await expectToFit(page, place.name);
      }
    });
  }
}

test("what would be wrong is found", async ({ page }) => {
  await page.setContent(
    `<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="x"><p style="color: #aaa">Pale</p></main></html>`,
  );
  const found = (await findings(page, { type: "tag", values: WCAG_22_AA })).map((line) => line.split(":")[0]);
  expect(found.sort()).toEqual(["color-contrast", "image-alt"]);
  expect(await findings(page, { type: "rule", values: ["image-alt"] })).toHaveLength(1);
});
