/** What every check starts from: a page of the window over a clinic of its own or a shared one. */

import { rmSync } from "node:fs";

import { test as base, expect, type Page } from "@playwright/test";

import { type Person, signIn } from "./people";
import { type ClinicName, Program } from "./programs";
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

export const test = base.extend<Checks, { looked: Program }>({
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
  await expect(page.locator("main").first()).toBeVisible();
  return { page, program, word: wordsIn(language) };
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
  await expect(board(page)).toBeVisible();
  for (let done = 0; done < Math.abs(days); done += 1) {
    const before = await board(page).getAttribute("data-date");
    await page.keyboard.press(days > 0 ? "ArrowRight" : "ArrowLeft");
    await expect(board(page)).not.toHaveAttribute("data-date", before ?? "");
  }
  return (await board(page).getAttribute("data-date")) ?? "";
}

/** Keeps what the page shows as `artefacts/<name>.png`. */
export async function keepPicture(page: Page, name: string) {
  await page.screenshot({ path: `${__dirname}/artefacts/${name}.png`, animations: "disabled" });
}
