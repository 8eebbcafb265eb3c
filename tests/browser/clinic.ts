/** What every check starts from: a page of the window over a clinic of its own or a shared one. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

import { browser as surroundings } from "./chromium";
import { type Person, signIn } from "./people";
import { type ClinicName, Program, settleDay } from "./programs";
import { type Language, wordsIn } from "./words";

/** How a window is opened. */
export interface Opening {
  language?: Language;
  /** What this computer keeps of somebody's choices, beside the language. */
  preferences?: object;
}

/** An open window. */
export interface Desk {
  page: Page;
  program: Program;
  word: ReturnType<typeof wordsIn>;
}

interface Checks {
  /** Opens a window over a copy of the small clinic that the check may change. */
  own: (opening?: Opening & { clinic?: ClinicName | "none"; as?: Person | "nobody" }) => Promise<Desk>;
  /** Opens a window over a clinic that checks only look at. */
  shared: (opening?: Opening) => Promise<Desk>;
}

/** Has a page watched for errors that nobody caught; what it gives tells that there were none. */
function watched(page: Page): () => void {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  return () => expect(errors, "errors that nobody caught").toEqual([]);
}

export const test = base.extend<Checks, { looked: Program }>({
  page: async ({ page }, use) => {
    const checkErrors = watched(page);
    await use(page);
    checkErrors();
  },
  looked: [
    // biome-ignore lint/correctness/noEmptyPattern: the test runner reads what a fixture needs from the pattern.
    async ({}, use) => {
      const program = await Program.copyOf("small");
      await use(program);
      await end(program);
    },
    { scope: "worker" },
  ],
  shared: async ({ page, looked }, use) => {
    await use((opening) => openWindow(page, looked, opening));
  },
  own: async ({ page }, use) => {
    const programs: Program[] = [];
    await use(async ({ clinic = "small", as, ...opening } = {}) => {
      const program = await Program.copyOf(as ? "people" : clinic === "none" ? undefined : clinic);
      programs.push(program);
      if (as && as !== "nobody") {
        await signIn(program, as);
      }
      return openWindow(page, program, opening);
    });
    for (const program of programs) {
      await end(program);
    }
  },
});

/**
 * As [`test`], each check in a window of its own of one browser that has read the page before: for checks that leave
 * nothing behind in a browser but the choices that each opens with.
 */
export const looking = test.extend<object, { kept: BrowserContext }>({
  kept: [
    async ({ browser }, use) => {
      const { viewport = null, locale = "", timezoneId = "" } = surroundings;
      const context = await browser.newContext({ viewport, locale, timezoneId });
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  context: async ({ kept }, use) => {
    await use(kept);
  },
  page: async ({ kept }, use) => {
    const page = await kept.newPage();
    const checkErrors = watched(page);
    await use(page);
    await page.close();
    checkErrors();
  },
});

export { expect };

/** Ends a program, and its clinic with it. */
export async function end(program: Program) {
  await program.stop();
  rmSync(program.folder, { recursive: true, force: true });
}

/** Opens the window over a program and waits for its first screen. */
export async function openWindow(page: Page, program: Program, opening: Opening = {}): Promise<Desk> {
  const { language = "en", preferences = {} } = opening;
  await page.addInitScript((kept) => localStorage.setItem("ordo.preferences", JSON.stringify(kept)), {
    language,
    ...preferences,
  });
  await page.goto(program.address);
  await page.locator("main").first().waitFor();
  return { page, program, word: wordsIn(language) };
}

declare global {
  /** What the bridge has in place of what is the desktop's. */
  interface Window {
    /** The button at the window's corner. */
    askToClose: () => void;
    /** The menu bar, once there is one. */
    chooseInMenu?: (command: string) => void;
  }
}

/**
 * Has an open window speak another language, whatever is open in it: by the menu bar, or on the screens before the clinic
 * by the choice at their corner.
 */
export async function speak(page: Page, language: Language) {
  const isChosen = await page.evaluate(() => {
    window.chooseInMenu?.("language");
    return window.chooseInMenu !== undefined;
  });
  if (!isChosen) {
    await page.getByText(language === "fr" ? "Français" : "English", { exact: true }).click();
  }
  await expect(page.locator("html")).toHaveAttribute("lang", `${language}-CA`);
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
}

/** The way to a screen on the rail. */
export const rail = (
  { page, word }: Desk,
  screen: "day" | "series" | "patients" | "practitioner" | "setup",
) =>
  page
    .getByRole("navigation", { name: word("frame", "screens") })
    .getByRole("button", { name: word("frame", screen), exact: true });

/** The day board, once it shows the day that was asked for. */
export const board = (page: Page) => page.locator("[data-date][aria-busy='false']");

/** Steps to another day and waits for it; gives its date. */
export async function step({ page }: Desk, days: number): Promise<string> {
  await board(page).waitFor();
  for (let done = 0; done < Math.abs(days); done += 1) {
    const before = await board(page).getAttribute("data-date");
    await page.keyboard.press(days > 0 ? "ArrowRight" : "ArrowLeft");
    await expect(board(page)).not.toHaveAttribute("data-date", before ?? "");
  }
  return (await board(page).getAttribute("data-date")) ?? "";
}

/** Steps to a day of the clinic, counted from the one it is made around: a run may go on past midnight. */
export async function stepTo(desk: Desk, day: number) {
  await board(desk.page).waitFor();
  const shown = Date.parse((await board(desk.page).getAttribute("data-date")) ?? "");
  const away = (Date.parse(settleDay()) - shown) / 86_400_000 + day;
  return step(desk, Math.round(away));
}

/** Keeps what the page shows as `artefacts/<name>.png`. */
export async function keepPicture(page: Page, name: string) {
  // Chromium's own way takes a fraction of the time of the test runner's.
  const tools = await page.context().newCDPSession(page);
  const { data } = await tools.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
  await tools.detach();
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, `${name}.png`), data, "base64");
}

const pictures = join(__dirname, "artefacts");
