/** The day sheet, as it is on paper. */

import { expect, stepTo, test } from "../clinic";

/** What is found of a sheet at the moment at which it is printed. */
interface Paper {
  /** Texts that are cut off. */
  cut: string[];
  /** Whether a list may be divided, for each. */
  lists: string[];
  /** How two lists stand side by side, and whether they may be divided. */
  rows: string[];
  /** How the head of each day stands. */
  heads: string[];
}

declare global {
  interface Window {
    paper?: Paper;
  }
}

test("on a day sheet names are whole, lists stay together, and every page says its day", async ({
  shared,
}) => {
  const desk = await shared();
  const { page } = desk;
  await stepTo(desk, 0);
  const longest = page.locator("[data-appointment]").filter({ hasText: "Wolfeschlegelstein" });
  await expect(longest.first()).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => {
    window.print = () => {
      const all = (which: string) => [...document.querySelectorAll(which)];
      window.paper = {
        cut: all("main section :not(.sr-only)")
          .filter((each) => getComputedStyle(each).overflowX === "hidden")
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map((each) => each.textContent ?? ""),
        lists: all("main section section").map((each) => getComputedStyle(each).breakInside),
        rows: all("main section :has(> * > section)").map((each) => {
          const { display, breakInside } = getComputedStyle(each);
          return `${display}, ${breakInside}`;
        }),
        heads: all("main section > :has(h1)").map((each) => getComputedStyle(each).display),
      };
    };
  });
  await page.keyboard.press("p");
  const paper = await page.evaluate(() => window.paper);
  expect(paper?.cut).toEqual([]);
  expect(new Set(paper?.lists)).toEqual(new Set(["avoid"]));
  expect(new Set(paper?.rows)).toEqual(new Set(["table, avoid"]));
  expect(paper?.heads).toEqual(["table-header-group"]);
});
