import type { Locator, Page } from "@playwright/test";

import { calendarServer } from "../calendar-server";
import { board, type Desk, expect, rail, step, test } from "../clinic";
import { expectFocusSeen, focused, tab, tabTo } from "../focus";
import { button, proposals, record, section } from "../ways";

const toast = ({ page }: Desk, words: string | RegExp) =>
  expect(page.getByRole("alertdialog").filter({ hasText: words })).toBeVisible();

/** Walks to a visit of the shown day and gives its card. */
async function walkToVisit({ page }: Desk) {
  await tabTo(page, /^button .*\d\d:\d\d/);
  const id = await page.evaluate(
    () => (document.activeElement as HTMLElement | null)?.dataset.appointment ?? "",
  );
  return page.locator(`[data-appointment="${id}"]`);
}

test("a visit is booked by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await step(desk, 1);
  const before = await page.locator("[data-appointment]").count();
  await page.keyboard.press("n");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("beauchemin");
  await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("Beauchemin");
  await page.keyboard.press("Enter");
  await expectFocusSeen(page);
  await expect(page.getByRole("dialog").getByRole("status")).toContainText("08:00");
  await tabTo(page, word("booking", "book"));
  await page.keyboard.press("Enter");
  await toast(desk, "visit booked");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator("[data-appointment]")).toHaveCount(before + 1);
  await expectFocusSeen(page);
});

test("a visit is moved by keys alone and keeps the focus", async ({ own }) => {
  const desk = await own();
  const { page } = desk;
  await step(desk, 1);
  const card = await walkToVisit(desk);
  await expect(card).toContainText("09:00");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("status").filter({ hasText: "09:15" })).toHaveCount(1);
  await expectFocusSeen(page);
  await page.keyboard.press("Enter");
  await toast(desk, "visit moved");
  await expect(card).toContainText("09:15");
  await expect(card).toBeFocused();
  await expectFocusSeen(page);
  // Left where it is.
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Escape");
  await expect(card).toContainText("09:15");
  await expect(card).toBeFocused();
});

/** What hides the place that is held: the heads, the hours or an edge of the board; nothing where it is seen. */
const ghostHidden = (page: Page) =>
  page.evaluate(() => {
    const region = document.querySelector("[data-date]");
    const ghost = region?.querySelector("[data-ghost]")?.getBoundingClientRect();
    const heads = region?.firstElementChild;
    const hours = heads?.firstElementChild?.getBoundingClientRect();
    if (!region || !ghost || !heads || !hours) {
      return "there is no ghost";
    }
    const box = region.getBoundingClientRect();
    const faults = {
      heads: ghost.top < heads.getBoundingClientRect().bottom - 1,
      hours: ghost.left < hours.right - 1,
      below: ghost.bottom > box.top + region.clientHeight + 1,
      right: ghost.right > box.left + region.clientWidth + 1,
    };
    return Object.entries(faults)
      .flatMap(([name, isHidden]) => (isHidden ? [name] : []))
      .join();
  });

test("a place that is chosen by keys is seen at every step, whatever the hour and wherever the pointer rests", async ({
  own,
}) => {
  const desk = await own();
  const { page } = desk;
  await page.setViewportSize({ width: 480, height: 420 });
  await step(desk, 1);
  const card = await walkToVisit(desk);
  const box = await board(page).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  // The day is long, and the board as far from the visit as it goes.
  for (const end of [0, 100_000]) {
    await board(page).evaluate((region, top) => region.scrollTo({ top }), end);
    await card.evaluate((visit: HTMLElement) => visit.focus({ preventScroll: true }));
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => ghostHidden(page)).toBe("");
    const walk = { ArrowDown: 24, ArrowRight: 2, ArrowUp: 40, ArrowLeft: 3 };
    for (const [key, times] of Object.entries(walk)) {
      for (let time = 0; time < times; time += 1) {
        await page.keyboard.press(key);
        await expect.poll(() => ghostHidden(page), `${key}, ${time + 1} times`).toBe("");
      }
    }
    await page.keyboard.press("Escape");
    await expect(page.locator("[data-ghost]")).toHaveCount(0);
  }
  await expect(card).toContainText("09:00");
});

test("a visit is cancelled and brought back by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await step(desk, 1);
  const card = await walkToVisit(desk);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(word("card", "openPatient"));
  await tabTo(page, word("card", "cancel"));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(word("card", "cancelReason"))).toBeFocused();
  await page.keyboard.type("ill");
  await page.keyboard.press("Enter");
  await toast(desk, "visit cancelled");
  await expectFocusSeen(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(card).toHaveAccessibleName(/, cancelled/);
  await expect(card).toBeFocused();
  await page.keyboard.press("Control+z");
  await toast(desk, "Undone: visit cancelled");
  await expect(card).toHaveAccessibleName(/, booked/);
  await page.keyboard.press("Control+y");
  await expect(card).toHaveAccessibleName(/, cancelled/);
});

test("a patient is found by keys alone, and a closed form gives the focus back", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+3");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("serano");
  await expect(page.getByRole("option").first()).toContainText("Serrano");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-patient]")).toContainText("Sam Serrano");
  await tabTo(page, word("patients", "edit"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectFocusSeen(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: word("patients", "edit"), exact: true })).toBeFocused();
  await expectFocusSeen(page);
});

test("a series is booked by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("beauchemin");
  await expect(page.getByRole("option").first()).toContainText("Beauchemin");
  await page.keyboard.press("Enter");
  await expectFocusSeen(page);
  await tabTo(page, /Low back pain/);
  await page.keyboard.press("Space");
  await expect(page.locator("[data-proposal]").first()).toBeVisible();
  await expect(page.locator("main [aria-busy='true']")).toHaveCount(0);
  await tabTo(page, /^button .*Book \d+ visits/, 90);
  await page.keyboard.press("Enter");
  await toast(desk, "series booked");
  await expect(page.getByRole("button", { name: word("seriesCard", "open") })).toBeVisible();
  await expect(page.getByRole("button", { name: word("frame", "undo") })).toBeVisible();
});

test("the keyboard stays at a button that was busy for a while", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await record(desk, "Sam Serrano");
  await button(desk, word("seriesCard", "open")).first().click();
  await tabTo(page, word("seriesCard", "pdf"));
  await page.keyboard.press("Enter");
  await toast(desk, ".pdf");
  await expect(button(desk, word("seriesCard", "pdf"))).toBeFocused();
  await expectFocusSeen(page);
});

test("the keyboard comes back to what asked for the effects of protocols", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await section(desk, "protocols");
  await page.getByLabel(word("setup", "minHours")).first().fill("25");
  await tabTo(page, word("setup", "seeEffects"), 200);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(button(desk, word("setup", "seeEffects"))).toBeFocused();
});

test("a calendar of an account becomes absences by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  const address = await calendarServer();
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  await fetch(`${address}day-off.ics`, {
    method: "PUT",
    body: `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:off\r\nDTSTART;VALUE=DATE:${soon}\r\nSUMMARY:Off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  });
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+4");
  await tabTo(page, word("calendars", "import"));
  await page.keyboard.press("Enter");
  await tabTo(page, word("calendars", "fromFile"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: word("account", "address") })).toBeFocused();
  await page.keyboard.type(address);
  await page.keyboard.press("Tab");
  await page.keyboard.type("pia");
  await page.keyboard.press("Tab");
  await page.keyboard.type("secret");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("1 new absence");
  await expectFocusSeen(page);
  await tabTo(page, word("calendars", "bringIn"));
  await page.keyboard.press("Enter");
  await toast(desk, "1 absence brought in");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => focused(page)).toContain(word("calendars", "import"));
  await expectFocusSeen(page);
});

test("a calendar is exported by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+4");
  await tabTo(page, word("myDay", "export"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await tabTo(page, word("myDay", "exportNow"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(word("myDay", "exported"));
  await tabTo(page, word("myDay", "done"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => focused(page)).toContain(word("myDay", "export"));
  await expectFocusSeen(page);
});

/** Presses Tab until the keyboard leaves the page, and gives what it was on. */
async function tabOut(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (let pressed = 0; pressed < 250; pressed += 1) {
    const stop = await tab(page);
    if (stop === "") {
      return stops;
    }
    expect(stop, "Tab goes on").not.toBe(stops.at(-1));
    stops.push(stop);
  }
  throw new Error(`Tab does not come out: ${stops.slice(-9).join("; ")}`);
}

for (const screen of ["day", "series", "patients", "practitioner", "setup"] as const) {
  test(`Tab walks all of ${screen} and comes out again, seen at every stop`, async ({ shared }) => {
    const desk = await shared();
    const { page, word } = desk;
    if (screen === "series") {
      await proposals(desk);
    } else {
      await rail(desk, screen).click();
    }
    await expect(page.locator("main, [role='tabpanel']").first()).toBeVisible();
    // From wherever the screen put the keyboard to the end, then from the beginning.
    await tabOut(page);
    const stops = await tabOut(page);
    expect(stops.join("\n")).toContain(word("frame", "keys"));
    expect(stops.length).toBeGreaterThan(10);
  });
}

test("hours are changed by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+5");
  const rhythm = page.getByRole("button", { name: word("setup", "rhythm") }).first();
  const from = page.getByRole("textbox", { name: word("setup", "from"), exact: true }).first();
  await from.focus();
  await page.keyboard.type("715");
  await page.keyboard.press("Tab");
  await expect(from).toHaveValue("07:15");
  await page.keyboard.press("Tab");
  await expect(rhythm).toBeFocused();
  const before = (await rhythm.textContent()) ?? "";
  await page.keyboard.press("ArrowDown");
  const chosen = page.locator("[data-trigger]").getByRole("option", { selected: true });
  await expect(chosen).toBeFocused();
  await expect(chosen).toHaveText(before);
  await expectFocusSeen(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(rhythm).toBeFocused();
  await expect(rhythm).not.toHaveText(before);
  await expectFocusSeen(page);
});

/** Goes down to a tab of the set-up, by as many presses as it takes: each is seen once what it leads to is drawn. */
async function downTo(page: Page, tab: Locator) {
  const chosen = page.getByRole("tab", { selected: true });
  while ((await tab.getAttribute("aria-selected")) !== "true") {
    const before = (await chosen.getAttribute("data-key")) ?? "";
    await page.keyboard.press("ArrowDown");
    await expect(chosen).not.toHaveAttribute("data-key", before);
  }
}

test("a section that is still being read keeps the keyboard that went to it", async ({ own }) => {
  const { page, word } = await own();
  await expect(board(page)).toBeVisible();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/command/sharing", async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("Control+5");
  await tabTo(page, word("setup", "practitioners"));
  const sharing = page.getByRole("tab", { name: word("setup", "sharing"), exact: true });
  await downTo(page, sharing);
  const panel = page.getByRole("tabpanel");
  await expect(panel).toHaveText(word("frame", "working"));
  await tab(page);
  await expect(panel).toBeFocused();
  answer();
  await expect(panel.getByRole("heading", { name: word("setup", "sharing") })).toBeVisible();
  await expect(panel).toBeFocused();
  await expectFocusSeen(page);
  await tab(page);
  await expect(panel.getByRole("button").first()).toBeFocused();
});

test("a calendar is published, and no longer, by keys alone", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+5");
  await tabTo(page, word("setup", "practitioners"));
  const sharing = page.getByRole("tab", { name: word("setup", "sharing"), exact: true });
  await downTo(page, sharing);
  await tabTo(page, /^button .*Account of .*’s calendar/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: word("account", "address") })).toBeFocused();
  await page.keyboard.type(await calendarServer());
  await page.keyboard.press("Tab");
  await page.keyboard.type("pia");
  await page.keyboard.press("Tab");
  await page.keyboard.type("secret");
  await page.keyboard.press("Enter");
  await toast(desk, "The account is checked");
  await expect(page.getByRole("dialog").getByText(word("publish", "kept"))).toBeVisible();
  await expectFocusSeen(page);
  await tabTo(page, word("publish", "stop"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: word("publish", "goOn") })).toBeFocused();
  await expectFocusSeen(page);
  await tabTo(page, word("publish", "stopAndRemove"));
  await page.keyboard.press("Enter");
  await toast(desk, "no longer published");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => focused(page)).toMatch(/Account of .*’s calendar/);
  await expectFocusSeen(page);
});
