import type { Page } from "@playwright/test";

import { board, expect, keepPicture, rail, step, test } from "../clinic";
import { expectFocusSeen } from "../focus";
import { button, proposals } from "../ways";

test("nothing moves where motion is reduced", async ({ page, shared }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await shared();
  for (const [key, dialogs] of [
    ["Control+k", 1],
    ["Escape", 0],
    ["?", 1],
    ["Escape", 0],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toHaveCount(dialogs);
    const moving = await page.evaluate(() => {
      const isTimed = (times: string) => times.split(",").some((time) => Number.parseFloat(time) > 0);
      return [...document.querySelectorAll("body *")]
        .filter((element) => {
          const style = getComputedStyle(element);
          return (
            isTimed(style.transitionDuration) ||
            (style.animationName !== "none" && isTimed(style.animationDuration))
          );
        })
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(moving).toEqual([]);
  }
});

test("what waits behind a dialog is dimmed, light and dark", async ({ page, shared }) => {
  await shared();
  await page.keyboard.press("Control+k");
  const behind = page.locator("[data-modal]").locator("..");
  await expect(behind).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const hidden = /^rgba\(.*, 0\)$|^transparent$/;
    await expect(behind).not.toHaveCSS("background-color", hidden);
  }
});

test("with forced colours every visit has an edge, what is chosen is marked, and the focus is seen", async ({
  page,
  shared,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  const desk = await shared();
  const cards = page.locator("[data-appointment]");
  await expect(cards.first()).toBeVisible();
  const edges = await cards.evaluateAll((all) =>
    all.map((card) => Number.parseFloat(getComputedStyle(card).borderTopWidth)),
  );
  expect(Math.min(...edges)).toBeGreaterThanOrEqual(1);
  await cards.first().focus();
  await page.keyboard.press("ArrowDown");
  await expectFocusSeen(page);
  const here = rail(desk, "day");
  const other = rail(desk, "patients");
  const look = (button: typeof here) =>
    button.evaluate((element) => {
      const { borderStyle, outlineStyle, backgroundColor } = getComputedStyle(element);
      return [borderStyle, outlineStyle, backgroundColor].join();
    });
  expect(await look(here)).not.toBe(await look(other));
  await keepPicture(page, "forced-colours");
});

test("what is said stands above a bar at the foot of the window, however narrow that is", async ({
  page,
  shared,
}) => {
  const desk = await shared();
  const { word } = desk;
  await step(desk, 1);
  const card = board(page).locator("[data-appointment]").first();
  await card.focus();
  // Who stands beside does not offer its service; that it is refused stays until it is closed.
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Enter");
  const said = page.getByRole("alertdialog");
  await expect(said).toHaveCount(1);
  const move = page
    .getByText(word("move", "legendIllegal"), { exact: true })
    .locator("xpath=ancestor::div[1]");
  const free = page.getByRole("region", { name: word("free", "title") });
  const expectAbove = async (bar: typeof move) => {
    for (const width of [1280, 640, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(async () => {
          const [over, under] = [await said.boundingBox(), await bar.boundingBox()];
          return over && under && under.y - over.y - over.height;
        })
        .toBeGreaterThan(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await card.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expectAbove(move);
  await page.keyboard.press("Escape");
  await button(desk, word("day", "today")).focus();
  await page.keyboard.press("f");
  await expectAbove(free);
});

/** Lines of a proposal's rhythm whose words do not fit in their place, or need more height than their visits. */
const crowdedWeeks = (page: Page) =>
  page.locator("[data-proposal] tbody tr").evaluateAll((weeks) =>
    weeks
      .filter((week) => {
        const [head, ...days] = [...week.children].map((cell) => {
          const content = document.createRange();
          content.selectNodeContents(cell);
          return { cell: cell.getBoundingClientRect(), content: content.getBoundingClientRect() };
        });
        const visits = Math.max(...days.map(({ content }) => content.height));
        return !head || head.content.right > head.cell.right || head.content.height > visits + 2;
      })
      .map((week) => week.textContent),
  );

for (const language of ["en", "fr"] as const) {
  test(`each week of a proposal stands on one line with its wait, in ${language}`, async ({
    page,
    shared,
  }) => {
    const desk = await shared({ language });
    await proposals(desk);
    await expect(
      page
        .locator("[data-gap]")
        .filter({ hasText: /\d|wait|attente/ })
        .first(),
    ).toBeVisible();
    // Two proposals in 880 pixels are as wide as three in 1280.
    for (const width of [880, 1280, 1920]) {
      await page.setViewportSize({ width, height: 1080 });
      await expect.poll(() => crowdedWeeks(page)).toEqual([]);
    }
  });
}
