import { type Locator, type Page, test } from "@playwright/test";

import { board, type Desk, end, expect, openWindow, rail, step } from "../clinic";
import { Program } from "../programs";
import { figure, inSight, median, milliseconds, quantile } from "./figures";
import { beginTrace, endTrace, type Task } from "./worked";

/** What the page notes of itself. */
interface Notes {
  /** From when on, in the page's own milliseconds. */
  since: number;
  long: Task[];
  commands: [string, number][];
  typed: number[];
}

declare global {
  interface Window {
    notes: Notes;
  }
}

/** Has the page note its long tasks, how long each command takes, and how long a letter takes to what it finds. */
async function takeNotes(page: Page) {
  await page.addInitScript(() => {
    const notes: Notes = { since: 0, long: [], commands: [], typed: [] };
    window.notes = notes;
    new PerformanceObserver((list) => {
      const noted = list.getEntries().filter(({ startTime }) => startTime >= notes.since);
      notes.long.push(...noted.map(({ startTime, duration }) => ({ start: startTime, duration })));
    }).observe({ type: "longtask" });
    let pressed = 0;
    addEventListener(
      "keydown",
      () => {
        pressed = performance.now();
      },
      true,
    );
    const frame = () =>
      new Promise<void>((done) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => done();
          channel.port2.postMessage(0);
        }),
      );
    const plain = window.fetch;
    window.fetch = async (...asked: Parameters<typeof fetch>) => {
      const from = performance.now();
      const answer = await plain(...asked);
      const command = String(asked[0]).split("/command/")[1];
      if (command) {
        notes.commands.push([command, performance.now() - from]);
      }
      if (command === "search_patients") {
        const at = pressed;
        // The frame after the next one surely shows what came.
        void frame()
          .then(frame)
          .then(() => notes.typed.push(performance.now() - at));
      }
      return answer;
    };
  });
}

/** How many days at the desk are worked through: what else the machine does comes in between at another step of each. */
const DAYS = 5;

/** The steps of a day at the desk, each with what was noted during it. */
class Journey {
  readonly long: [string, Task[]][] = [];
  readonly commands = new Map<string, number[]>();
  readonly typed: number[] = [];

  constructor(private readonly page: Page) {}

  async step(name: string, act: () => Promise<unknown>) {
    await act();
    const notes = await this.page.evaluate(async () => {
      // Whatever the step still has to do on the main thread is its own.
      await new Promise((done) => requestIdleCallback(done, { timeout: 3000 }));
      await new Promise((done) => setTimeout(done));
      const taken = { ...window.notes };
      Object.assign(window.notes, { long: [], commands: [], typed: [] });
      return taken;
    });
    this.long.push([name, notes.long]);
    this.typed.push(...notes.typed);
    for (const [command, time] of notes.commands) {
      this.commands.set(command, [...(this.commands.get(command) ?? []), time]);
    }
  }
}

/**
 * Clicks where something lies. It is looked for by its role before the notes begin: that search goes through every element of
 * the page, on its main thread, and nobody at a desk makes it.
 */
async function click(page: Page, found: Locator | [number, number]) {
  const [x, y] = Array.isArray(found) ? found : await middleOf(found);
  await page.evaluate(async () => {
    await new Promise((done) => requestIdleCallback(done, { timeout: 3000 }));
    window.notes.since = performance.now();
  });
  await page.mouse.click(x, y);
}

async function middleOf(found: Locator): Promise<[number, number]> {
  const box = await found.boundingBox();
  if (!box) {
    throw new Error("there is nothing to click");
  }
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function type(page: Page, text: string) {
  for (const letter of text) {
    // A space at the end is nothing new to look for.
    const answered = letter === " " ? undefined : page.waitForResponse(/search_patients/);
    await page.keyboard.type(letter);
    await answered;
  }
}

async function atTheDesk(desk: Desk, journey: Journey) {
  const { page, word } = desk;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const screen = (name: Parameters<typeof rail>[1]) => click(page, rail(desk, name));
  await journey.step("the first screen", () => expect(board(page)).toBeVisible());
  for (const days of [1, 1, 1, -1]) {
    await journey.step("another day", () => step(desk, days));
  }
  // On two days of the week that ends at a weekend, when few people work.
  for (let free = 0; free < 2 && (await page.locator("[data-appointment]").count()) < 100; free += 1) {
    await journey.step("another day", () => step(desk, 1));
  }
  await journey.step("zoom", () => page.keyboard.press("-"));
  await journey.step("a visit", async () => {
    await click(page, await inSight(page, "[data-appointment]"));
    await expect(page.locator("[role='dialog']")).toContainText(word("card", "openPatient"));
  });
  await journey.step("moving a visit", async () => {
    await click(page, button(word("card", "move")));
    await page.waitForResponse(/starts/);
    const place = await board(page).boundingBox();
    for (let moved = 0; place && moved < 40; moved += 1) {
      await page.mouse.move(place.x + 200 + moved * 15, place.y + 200 + moved * 5);
    }
    await page.keyboard.press("Escape");
  });
  await journey.step("a booking card", async () => {
    await page.keyboard.press("n");
    await expect(page.locator("input[type='search']")).toBeFocused();
  });
  await journey.step("looking for whom to book", () => type(page, "tremblay ame"));
  await journey.step("weighing a place", async () => {
    await page.keyboard.press("Enter");
    await page.waitForResponse(/weigh/);
    await page.keyboard.press("Escape");
    await click(page, button(word("form", "discard")));
  });
  await journey.step("patients", async () => {
    await screen("patients");
    await expect(page.locator("[role='option']").nth(5)).toBeVisible();
  });
  for (const text of ["bouchard qu", "0119", "novk thom", "1984"]) {
    await journey.step("looking for a patient", async () => {
      await page.locator("input[type='search']").fill("");
      await type(page, text);
    });
  }
  await journey.step("a patient's record", async () => {
    await page.locator("input[type='search']").fill("");
    await click(page, page.getByRole("option").first());
    await expect(page.locator("[data-patient]")).toBeVisible();
  });
  await journey.step("a series", async () => {
    await screen("series");
    await expect(page.getByRole("searchbox")).toBeFocused();
  });
  await journey.step("proposals", async () => {
    await type(page, "gagnon");
    await page.keyboard.press("Enter");
    await click(page, page.getByRole("row").first());
    await expect(page.locator("[data-proposal]").first()).toBeVisible();
    await expect(page.locator("main [aria-busy='true']")).toHaveCount(0);
  });
  await journey.step("a practitioner's day", async () => {
    await screen("practitioner");
    await expect(
      page.locator("[data-practitioner-day][aria-busy='false'], main [role='status']").first(),
    ).toBeVisible();
  });
  await journey.step("the set-up", async () => {
    await screen("setup");
    await expect(page.locator("[role='tabpanel']")).toBeVisible();
  });
  for (const section of ["services", "rooms", "closures", "protocols", "clinic"] as const) {
    await journey.step(`the set-up: ${section}`, () =>
      click(page, page.getByRole("tab", { name: word("setup", section), exact: true })),
    );
  }
  await journey.step("the commands", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("tod");
    // The first empties the field.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.locator("[role='dialog']")).toHaveCount(0);
  });
  await journey.step("back to the day", async () => {
    await screen("day");
    await expect(board(page)).toBeVisible();
  });
}

test("scale", async ({ browser }) => {
  const program = await Program.copyOf("decade");
  const days: Journey[] = [];
  const worked = new Map<string, number[]>();
  const lasted = new Map<string, number[]>();
  try {
    while (days.length < DAYS) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await takeNotes(page);
      await beginTrace(browser, page);
      const journey = new Journey(page);
      await atTheDesk(await openWindow(page, program), journey);
      const workOf = await endTrace(browser);
      addLongest(worked, journey.long, workOf);
      addLongest(lasted, journey.long, ({ duration }) => duration);
      days.push(journey);
      await context.close();
    }
  } finally {
    await end(program);
  }
  const inWords = ([usual = 0, longest = 0, usualLasted = 0, longestLasted = 0]: readonly number[]) =>
    `${milliseconds(usual)} (${milliseconds(usualLasted)}), ${milliseconds(longest)} (${milliseconds(longestLasted)})`;
  const long = [...worked].map(([name, times]) => {
    const byClock = lasted.get(name) ?? [];
    return { name, times: [median(times), Math.max(...times), median(byClock), Math.max(...byClock)] };
  });
  const most = [0, 1, 2, 3].map((at) => Math.max(...long.map(({ times }) => times[at] ?? 0)));
  figure(
    `ten years, 40 practitioners, 20,000 patients; ${DAYS} days: the longest task of the main thread (and by the clock), usual, longest`,
    inWords(most),
    "at most 100 ms",
  );
  for (const { name, times } of long.filter(({ times }) => Math.max(...times) > 50)) {
    figure(`    ${name}`, inWords(times));
  }
  const typed = days.flatMap((day) => day.typed);
  figure(
    `a letter typed to the patients it finds: median, 95th of 100 (${typed.length} letters)`,
    `${milliseconds(median(typed))}, ${milliseconds(quantile(typed, 0.95))}`,
    "while typing",
  );
  const commands = days.flatMap((day) => [...day.commands]);
  const answered = commands.flatMap(([, times]) => times);
  figure(
    `a command over the bridge: median, 95th of 100 (${answered.length} commands)`,
    `${milliseconds(median(answered))}, ${milliseconds(quantile(answered, 0.95))}`,
  );
  const slowest = new Map<string, number>();
  for (const [command, times] of commands) {
    slowest.set(command, Math.max(slowest.get(command) ?? 0, ...times));
  }
  for (const [command, time] of [...slowest].sort(([, one], [, other]) => other - one)) {
    if (time > 50) {
      figure(`    ${command}, the slowest`, milliseconds(time));
    }
  }
});

/** Adds to each step its longest task of a day, by a measure; a step that has none took less than is noted. */
function addLongest(
  to: Map<string, number[]>,
  day: readonly [string, Task[]][],
  measure: (task: Task) => number,
) {
  const longest = new Map<string, number>();
  for (const [name, tasks] of day) {
    longest.set(name, Math.max(longest.get(name) ?? 0, ...tasks.map(measure)));
  }
  for (const [name, time] of longest) {
    to.set(name, [...(to.get(name) ?? []), time]);
  }
}
