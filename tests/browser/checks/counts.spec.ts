import type { Page, Request } from "@playwright/test";

import { board, type Desk, end, expect, openWindow, rail, step, test } from "../clinic";
import { type ClinicName, Program } from "../programs";

/** What the window asks by itself as time goes by, whatever is done. */
const BY_ITSELF = new Set(["last_change", "notices", "ahead_of_utc"]);

/** What one step of the desk's day costs. */
interface Cost {
  /** How often each command was asked. */
  asked: Record<string, number>;
  /** How many elements the page has afterwards. */
  elements: number;
}

/** Counts what each step asks and leaves on the page. */
class Counter {
  readonly costs: Record<string, Cost> = {};
  private asked: Record<string, number> = {};

  /** Questions so far, but for the looks at the journal, which never end. */
  private begun = 0;
  private answered = 0;
  private lastAnswer = 0;

  constructor(private readonly page: Page) {
    const commandOf = (request: Request) => {
      const command = request.url().split("/command/")[1];
      return command === "last_change" ? undefined : command;
    };
    page.on("request", (request) => {
      const command = commandOf(request);
      if (command) {
        this.begun += 1;
        if (!BY_ITSELF.has(command)) {
          this.asked[command] = (this.asked[command] ?? 0) + 1;
        }
      }
    });
    page.on("requestfinished", (request) => {
      if (commandOf(request)) {
        this.answered += 1;
        this.lastAnswer = Date.now();
      }
    });
  }

  private isQuiet = () => this.begun === this.answered && Date.now() - this.lastAnswer > 200;

  /** Waits until nothing is asked any more and the page has done what followed from the last answer. */
  private async rest() {
    let begun: number;
    do {
      await expect.poll(() => this.isQuiet()).toBe(true);
      begun = this.begun;
      await this.page.evaluate(
        () => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle))),
      );
    } while (begun !== this.begun);
  }

  /** Changes something, and waits until the looks at the journal after it have had their say. */
  change(name: string, act: () => Promise<unknown>) {
    return this.of(name, async () => {
      await act();
      for (let looks = 0; looks < 2; looks += 1) {
        await this.page.waitForResponse(/last_change/);
      }
    });
  }

  /** Does a step. */
  async of(name: string, act: () => Promise<unknown>) {
    this.asked = {};
    await act();
    await this.rest();
    // What was said comes and goes by the clock.
    const elements = await this.page.evaluate(
      () =>
        document.querySelectorAll("body *").length -
        document.querySelectorAll(
          "[role='region']:has([role='alertdialog']), [role='region']:has([role='alertdialog']) *, [data-progress] *",
        ).length,
    );
    const asked = Object.fromEntries(
      Object.entries(this.asked).sort(([one], [other]) => one.localeCompare(other)),
    );
    this.costs[name] = { asked, elements };
  }
}

/** What a desk does all day long, counted. */
async function atTheDesk(page: Page, open: () => Promise<Desk>) {
  const counter = new Counter(page);
  const desk = { page } as Desk;
  const of = counter.of.bind(counter);
  const change = counter.change.bind(counter);
  await of("the first screen", async () => {
    Object.assign(desk, await open());
    await expect(board(page)).toBeVisible();
  });
  const { word } = desk;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await of("the next day", () => step(desk, 1));
  await of("a visit", async () => {
    await page.locator("[data-appointment]").first().click();
    await expect(page.getByRole("dialog")).toContainText(word("card", "openPatient"));
  });
  await change("arrived", async () => {
    await button(word("card", "arrived")).click();
    await expect(page.getByRole("alertdialog")).toHaveCount(1);
  });
  // Where the pointer or the keyboard rests on a visit, its card comes by the clock.
  await page.mouse.move(2, 2);
  await page.keyboard.press("Escape");
  const visit = page.locator("[data-appointment]:focus");
  await expect(visit).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // A dialog that closes gives the focus back in the next picture, once more where nothing has it by then.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await visit.blur();
  await expect(page.locator("[role='tooltip']")).toHaveCount(0);
  await change("taken back", async () => {
    await page.keyboard.press("Control+z");
    await expect(page.getByRole("alertdialog").filter({ hasText: word("frame", "redo") })).toHaveCount(1);
  });
  await of("the booking card", async () => {
    await page.keyboard.press("n");
    await expect(page.getByRole("dialog").getByRole("option").nth(3)).toBeVisible();
  });
  await of("a patient chosen", async () => {
    await page.keyboard.type("beauchemin");
    await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("Beauchemin");
    await page.keyboard.press("Enter");
    await expect(button(word("booking", "book"))).toBeEnabled();
  });
  await change("booked", async () => {
    await button(word("booking", "book")).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await of("patients", async () => {
    await rail(desk, "patients").click();
    await expect(page.getByRole("option").nth(3)).toBeVisible();
  });
  await of("a record", async () => {
    await page.getByRole("searchbox").fill("zoé");
    await page.getByRole("option").filter({ hasText: "Zoé" }).first().click();
    await expect(page.locator("[data-patient]")).toBeVisible();
  });
  return counter.costs;
}

/** What each step may ask in all, and leave on a page that shows nine visits; `asked` twice or more is named apart. */
const MOST: Record<string, { commands: number; elements: number; again?: Record<string, number> }> = {
  "the first screen": {
    commands: 15,
    elements: 400,
    // The day with those around it; and all once more in the language of the window.
    again: { day: 4, practitioners: 2, session: 2, show_menu: 2 },
  },
  "the next day": { commands: 2, elements: 400, again: { day: 2 } },
  "a visit": { commands: 1, elements: 430 },
  arrived: { commands: 6, elements: 450 },
  "taken back": { commands: 6, elements: 400 },
  // Which service it begins with is asked too: for somebody new, and again for whom it is.
  "the booking card": { commands: 3, elements: 500 },
  "a patient chosen": { commands: 14, elements: 480, again: { search_patients: "beauchemin".length } },
  // The day that is shown next, with those around it.
  booked: { commands: 11, elements: 400, again: { day: 3 } },
  patients: { commands: 2, elements: 280 },
  // With a page of what came before.
  "a record": { commands: 3, elements: 450 },
};

test("what the desk does costs the same with and without a long past, and no change is read twice", async ({
  browser,
}) => {
  const costs = async (clinic: ClinicName) => {
    const program = await Program.copyOf(clinic);
    const page = await browser.newPage();
    const counted = await atTheDesk(page, () => openWindow(page, program));
    await page.close();
    await end(program);
    return counted;
  };
  const [small, old] = await Promise.all([costs("small"), costs("old")]);
  expect(Object.keys(small)).toEqual(Object.keys(MOST));
  for (const [name, { asked, elements }] of Object.entries(small)) {
    // A record shows what came before, as far as a page goes.
    const expected = name === "a record" ? { asked, elements: expect.any(Number) } : { asked, elements };
    expect.soft(old[name], name).toEqual(expected);
  }
  for (const [name, { asked, elements }] of Object.entries(old)) {
    const most = MOST[name];
    const all = Object.values(asked).reduce((sum, count) => sum + count, 0);
    expect
      .soft(all, `commands of ${name}: ${JSON.stringify(asked)}`)
      .toBeLessThanOrEqual(most?.commands ?? 0);
    expect.soft(elements, `elements after ${name}`).toBeLessThanOrEqual(most?.elements ?? 0);
    for (const [command, count] of Object.entries(asked)) {
      expect
        .soft(count, `${command} for ${name}: ${JSON.stringify(asked)}`)
        .toBeLessThanOrEqual(most?.again?.[command] ?? 1);
    }
  }
});

test("a start works out once how everything looks", async ({ page, own }) => {
  await page.addInitScript(() => {
    window.workedOutAnew = [];
    new MutationObserver((changes) => {
      for (const { type, target, attributeName, oldValue, addedNodes } of changes) {
        if (type === "attributes" && target instanceof HTMLHtmlElement && attributeName) {
          if (target.getAttribute(attributeName) === oldValue) {
            window.workedOutAnew.push(`${attributeName} said again`);
          }
        }
        const isDrawn = document.getElementById("root")?.hasChildNodes();
        for (const added of addedNodes) {
          if (isDrawn && added instanceof Element && added.matches("style, link[rel='stylesheet']")) {
            window.workedOutAnew.push(`a style sheet came late: ${added.id}`);
          }
        }
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeOldValue: true });
  });
  const desk = await own();
  await expect(board(page)).toBeVisible();
  await rail(desk, "setup").click();
  await expect(page.getByRole("tabpanel")).toBeVisible();
  expect(await page.evaluate(() => window.workedOutAnew)).toEqual([]);
});

declare global {
  interface Window {
    /** What had the browser work out anew how the whole window looks. */
    workedOutAnew: string[];
  }
}
