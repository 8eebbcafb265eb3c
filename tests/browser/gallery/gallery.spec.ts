/** The pictures of the README: the demo clinic in the window as it looks now. A day in the middle of a week is best. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { test as base, type Page } from "@playwright/test";

import { board, type Desk, end, expect, openWindow, step } from "../clinic";
import { Program } from "../programs";
import { button, record, screen, section } from "../ways";

const test = base.extend<{ desk: Desk }>({
  desk: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "ordo-gallery-"));
    // No newer version waits, as the bridge has it otherwise.
    writeFileSync(join(folder, "updates.json"), "{}");
    const program = await Program.over(folder);
    await program.ask("start_demo");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await use(await openWindow(page, program));
    await end(program);
  },
});

const keep = (page: Page, name: string) =>
  page.screenshot({ path: resolve(__dirname, "../../../docs", `${name}.png`), animations: "disabled" });

/** A visit in the middle of the shown day. */
const visit = ({ page }: Desk) => page.locator("[data-appointment]").nth(6);

test("day", async ({ desk }) => {
  const { page } = desk;
  await expect(board(page).locator("[data-appointment]").first()).toBeVisible();
  await keep(page, "day");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await keep(page, "gallery/day-dark");
});

test("visit", async ({ desk }) => {
  const { page } = desk;
  await step(desk, 1);
  await visit(desk).hover();
  await visit(desk).hover({ position: { x: 20, y: 14 } });
  await expect(page.locator("[role='tooltip']")).toBeVisible();
  await keep(page, "gallery/visit");
});

test("moving", async ({ desk }) => {
  const { page, word } = desk;
  await step(desk, 1);
  await visit(desk).click();
  await button(desk, word("card", "move")).click();
  await expect(page.getByText(word("move", "legendIllegal"), { exact: true })).toBeVisible();
  for (let pressed = 0; pressed < 4; pressed += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(page.locator("[data-ghost]")).toBeVisible();
  await keep(page, "gallery/moving");
});

test("week", async ({ desk }) => {
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("w");
  await expect(button(desk, word("day", "nextWeek"))).toBeVisible();
  await expect(board(page).locator("[data-appointment]").first()).toBeVisible();
  await keep(page, "gallery/week");
});

test("series", async ({ desk }) => {
  const { page, word } = desk;
  await screen(desk, "series");
  await page.getByRole("searchbox").fill("haddad");
  await page.getByRole("option").first().click();
  await page.getByRole("row", { name: "Low back pain" }).click();
  await page.getByRole("row", { name: "Tires easily" }).click();
  await page.getByRole("textbox", { name: word("seriesScreen", "weeks"), exact: true }).fill("12");
  await page.keyboard.press("Tab");
  await expect(page.locator("main [aria-busy='true']")).toHaveCount(0);
  await expect(page.locator("[data-proposal]").nth(2)).toBeVisible();
  await page.mouse.click(700, 30);
  await keep(page, "gallery/series");
});

test("patients", async ({ desk }) => {
  const { page } = desk;
  await screen(desk, "patients");
  await page.getByRole("searchbox").fill("hadad");
  await page.getByRole("option").first().click();
  await expect(page.locator("[data-patient]")).toBeVisible();
  await keep(page, "gallery/patients");
});

test("card", async ({ desk }) => {
  const { page, word } = desk;
  await record(desk, "Noah Nguyen");
  await button(desk, word("seriesCard", "open")).first().click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await keep(page, "gallery/card");
});

test("my day", async ({ desk }) => {
  const { page } = desk;
  await screen(desk, "practitioner");
  await expect(page.locator("[data-practitioner-day][aria-busy='false']")).toBeVisible();
  await keep(page, "gallery/my-day");
});

test("set-up, and visits to move after an absence", async ({ desk }) => {
  const { page, word } = desk;
  await section(desk, "practitioners");
  await keep(page, "gallery/setup");
  await button(desk, word("setup", "addAbsence")).click();
  const save = page.getByRole("dialog").locator("button[type='submit']");
  await expect(save).toBeEnabled();
  await save.click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("tab", { selected: true })).toContainText(word("setup", "misplaced"));
  await keep(page, "gallery/visits-to-move");
});
