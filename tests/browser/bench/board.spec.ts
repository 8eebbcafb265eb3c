import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

import { type Page, test } from "@playwright/test";

import { board, end, expect, openWindow, rail } from "../clinic";
import { Program } from "../programs";
import type { Day } from "./day";
import { busy, figure, inSight, median, milliseconds, readyToTime, times } from "./figures";
import type { Rival } from "./rivals/rivals";

const REPEATS = Number(process.env.ORDO_BENCH_REPEATS ?? 7);
const MOVES = 60;
const VISITS = 500;

/** Milliseconds for each of the three; of the whole board and the next day, also the main thread's work alone. */
interface Taken {
  /** Until a person sees visits: what lies in sight, which Ordo draws first; of the others, all. */
  seen: number;
  mount: number;
  mountWork: number;
  next: number;
  nextWork: number;
  move: number;
}

declare global {
  interface Window {
    rivals: Record<string, Rival>;
  }
}

/** A day whose visits have other names and rooms than those of the day before, as in life: the clinic's days are alike. */
function unlike<Of extends Day>(day: Of): Of {
  const turn = new Date(`${day.date}T12:00:00Z`).getUTCDate();
  const practitioners = day.practitioners.map((each) => ({
    ...each,
    appointments: each.appointments.map((visit, at) => {
      const { patient_name, room } = each.appointments[(at + turn) % each.appointments.length] ?? visit;
      return { ...visit, patient_name, room };
    }),
  }));
  return { ...day, practitioners };
}

/** Times something, and the main thread's work for it. */
async function both(page: Page, timing: () => Promise<number>): Promise<[number, number]> {
  let taken = 0;
  const worked = await busy(page, async () => {
    taken = await timing();
  });
  return [taken, worked];
}

/** Drags a visit about and gives the main thread's time for each step of the pointer. */
async function drag(page: Page, visit: string, held: string): Promise<number> {
  const [x, y] = await inSight(page, visit);
  await page.mouse.move(x, y);
  await page.mouse.down();
  // What is asked and drawn once at the beginning of a drag is not of each step.
  for (let step = 1; step <= 10; step += 1) {
    await page.mouse.move(x, y + step);
  }
  await expect(page.locator(held).first()).toBeAttached();
  const worked = await busy(page, async () => {
    for (let step = 1; step <= MOVES; step += 1) {
      await page.mouse.move(x + step * 9, y + 10 + step * 3);
    }
  });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return worked / MOVES;
}

async function ours(page: Page, program: Program): Promise<Taken> {
  await page.route("**/command/day", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: unlike(await response.json()) });
  });
  const desk = await openWindow(page, program);
  const { word } = desk;
  await expect(board(page)).toBeVisible();
  await expect(page.locator("[data-appointment]")).toHaveCount(VISITS);
  await readyToTime(page);
  const away = async () => {
    await rail(desk, "setup").click();
    await expect(page.getByRole("tab").first()).toBeVisible();
    // The set-up is asked about and drawn in turn; its work is not the board's.
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  };
  await away();
  const day = await rail(desk, "day").elementHandle();
  const back = (visits: number) =>
    page.evaluate(
      ([day, visits]) =>
        window.timed(
          () => {
            for (const kind of ["pointerdown", "pointerup", "click"]) {
              day?.dispatchEvent(
                new PointerEvent(kind, { bubbles: true, pointerType: "mouse", isPrimary: true }),
              );
            }
          },
          () => document.querySelectorAll("[data-appointment]").length >= visits,
        ),
      [day, visits] as const,
    );
  const seen = await back(1);
  await expect(page.locator("[data-appointment]")).toHaveCount(VISITS);
  await away();
  const [mount, mountWork] = await both(page, () => back(VISITS));
  const [next, nextWork] = await both(page, () =>
    page.evaluate((visits) => {
      const before = document.querySelector<HTMLElement>("[data-date]")?.dataset.date;
      return window.timed(
        () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })),
        () => {
          const region = document.querySelector<HTMLElement>("[data-date][aria-busy='false']");
          return (
            region?.dataset.date !== before &&
            document.querySelectorAll("[data-appointment]").length === visits
          );
        },
      );
    }, VISITS),
  );
  const move = await drag(page, "[data-appointment]", `text=${word("move", "legendLegal")}`);
  return { seen, mount, mountWork, next, nextWork, move };
}

async function theirs(page: Page, name: string, days: Day[]): Promise<Taken> {
  await page.goto("about:blank");
  await page.setContent("<!doctype html><body style='margin:0'><div id='place'></div></body>");
  await page.addStyleTag({ path: require.resolve("@event-calendar/core/index.css") });
  await page.addScriptTag({ path: resolve(__dirname, "../results/rivals/rivals.js") });
  await readyToTime(page);
  const act = (what: "mount" | "unmount" | "next") =>
    page.evaluate(
      async ([name, days, what]) => {
        const rival = window.rivals[name];
        const place = document.getElementById("place");
        const [today, tomorrow] = days;
        if (!rival || !place || !today || !tomorrow) {
          throw new Error(`no ${name}`);
        }
        if (what === "unmount") {
          rival.unmount();
          place.replaceChildren();
          return 0;
        }
        const visits = today.practitioners.flatMap(({ appointments }) => appointments).length;
        return window.timed(
          () => (what === "mount" ? rival.mount(place, today) : rival.go(tomorrow)),
          () => document.querySelectorAll(rival.visit).length === visits,
        );
      },
      [name, days, what] as const,
    );
  // Each is measured the second time, once its code is warm.
  await act("mount");
  await act("unmount");
  const [mount, mountWork] = await both(page, () => act("mount"));
  const [next, nextWork] = await both(page, () => act("next"));
  const [visit, held] = await page.evaluate((name) => {
    const rival = window.rivals[name];
    return [rival?.visit ?? "", rival?.held ?? ""] as const;
  }, name);
  const move = await drag(page, visit, held);
  return { seen: mount, mount, mountWork, next, nextWork, move };
}

test("board", async ({ browser }) => {
  const vite = resolve(__dirname, "../../../ui/node_modules/.bin/vite");
  execFileSync(vite, ["build", "--config", resolve(__dirname, "rivals/vite.config.mjs")], {
    stdio: "inherit",
  });
  const program = await Program.copyOf("full");
  try {
    const taken = new Map<string, Taken[]>();
    const days: Day[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      for (const name of ["Ordo", "event-calendar", "DayPilot Lite"]) {
        const context = await browser.newContext();
        const page = await context.newPage();
        const one = name === "Ordo" ? await ours(page, program) : await theirs(page, name, days);
        if (days.length === 0) {
          const shown = (await board(page).getAttribute("data-date")) ?? "";
          const before = new Date(`${shown}T12:00:00Z`);
          before.setUTCDate(before.getUTCDate() - 1);
          for (const date of [before.toISOString().slice(0, 10), shown]) {
            days.push(unlike(await program.ask<Day>("day", { date })));
          }
        }
        taken.set(name, [...(taken.get(name) ?? []), one]);
        await context.close();
      }
    }
    const of = (name: string, what: keyof Taken) => median((taken.get(name) ?? []).map((one) => one[what]));
    const kinds = [
      ["seen", "visits are seen"],
      ["mount", "the board appears"],
      ["mountWork", "the board appears, main thread"],
      ["next", "the next day"],
      ["nextWork", "the next day, main thread"],
      ["move", "a step of the pointer while dragging, main thread"],
    ] as const;
    for (const [kind, words] of kinds) {
      const own = of("Ordo", kind);
      figure(`${VISITS} visits, ${words}: Ordo`, milliseconds(own));
      for (const other of ["event-calendar", "DayPilot Lite"]) {
        figure(
          `    ${other}, and to Ordo`,
          `${milliseconds(of(other, kind))}, ${times(of(other, kind), own)}`,
          "above 1 ×",
        );
      }
    }
  } finally {
    await end(program);
  }
});
