/** What opens over a screen beside the screens' own dialogs: menus, lists, questions, messages. */

import { board, type Desk, expect, step } from "./clinic";
import type { Place } from "./places";
import { aVisit, button, proposals, record, screen, section } from "./ways";

const dialog = ({ page }: Desk) => page.getByRole("dialog");

/** To the form of a record with something typed in it that is not saved. */
async function typed(desk: Desk) {
  await screen(desk, "patients");
  await button(desk, desk.word("patients", "new")).click();
  await dialog(desk)
    .getByRole("textbox", { name: desk.word("patients", "name") })
    .fill("Ana");
}

/** To a visit of a proposal, and what can be done with it. */
async function visitOfProposal(desk: Desk) {
  await proposals(desk);
  await desk.page.locator("[data-proposal]").first().locator("[data-visit]").first().click();
  await expect(desk.page.getByRole("menu")).toBeVisible();
}

export const overlays: Place[] = [
  {
    name: "settings",
    open: async (desk) => {
      await expect(board(desk.page)).toBeVisible();
      await desk.page.keyboard.press("Control+,");
      await expect(dialog(desk)).toBeVisible();
    },
  },
  {
    name: "closing",
    open: async (desk) => {
      await typed(desk);
      await desk.page.evaluate(() => window.askToClose());
      await expect(button(desk, desk.word("form", "discardAndClose"))).toBeVisible();
    },
  },
  {
    name: "leaving",
    open: async (desk) => {
      await typed(desk);
      await desk.page.keyboard.press("Escape");
      await expect(button(desk, desk.word("form", "keepEditing"))).toBeVisible();
    },
  },
  {
    name: "leaving-by-key",
    open: async (desk) => {
      await typed(desk);
      await desk.page.keyboard.press("Control+1");
      await expect(desk.page.getByText(desk.word("form", "leaveQuestion"))).toBeVisible();
      await expect(button(desk, desk.word("form", "discard"))).toBeVisible();
    },
  },
  {
    name: "printing",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("h");
      await desk.page.keyboard.press("p");
      await expect(button(desk, desk.word("frame", "printInitials"))).toBeVisible();
    },
  },
  {
    name: "board-filter",
    open: async (desk) => {
      await step(desk, 1);
      await button(desk, desk.word("day", "everybody")).click();
      await expect(desk.page.getByRole("menuitemcheckbox").first()).toBeVisible();
    },
  },
  {
    name: "week-choice",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("w");
      await expect(button(desk, desk.word("day", "nextWeek"))).toBeVisible();
      await desk.page.getByRole("button", { name: desk.word("day", "weekOf") }).click();
      await expect(desk.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "visit-menu",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.locator("[data-appointment]").first().click({ button: "right" });
      await expect(desk.page.getByRole("menu")).toBeVisible();
    },
  },
  {
    name: "choice",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("n");
      await dialog(desk)
        .getByRole("button", { name: desk.word("booking", "practitioner") })
        .click();
      await expect(desk.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "toast",
    open: async (desk) => {
      // Written and taken back: what others look at stays as it is.
      await aVisit(desk);
      const arrived = button(desk, desk.word("card", "arrived"));
      await arrived.click();
      await expect(arrived).toHaveAttribute("aria-pressed", "true");
      await arrived.click();
      await expect(arrived).toHaveAttribute("aria-pressed", "false");
      await desk.page.keyboard.press("Escape");
      await expect(dialog(desk)).toHaveCount(0);
      // It stays while the pointer is on it.
      await desk.page.getByRole("alertdialog").first().hover();
    },
  },
  {
    name: "series-chips",
    open: async (desk) => {
      await proposals(desk);
      await button(desk, desk.word("seriesScreen", "addNeed")).click();
      await expect(desk.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "series-practitioners",
    open: async (desk) => {
      await proposals(desk);
      await desk.page
        .getByRole("button", { name: desk.word("seriesScreen", "anybody") })
        .first()
        .click();
      await expect(desk.page.getByRole("option").first()).toBeVisible();
    },
  },
  { name: "series-visit", open: visitOfProposal },
  {
    name: "series-move",
    open: async (desk) => {
      await visitOfProposal(desk);
      await desk.page.getByRole("menuitem", { name: desk.word("seriesScreen", "move") }).click();
      await expect(dialog(desk)).toBeVisible();
    },
  },
  {
    name: "series-ghosts",
    open: async (desk) => {
      await visitOfProposal(desk);
      await desk.page.getByRole("menuitem", { name: desk.word("seriesScreen", "showOnBoard") }).click();
      await expect(button(desk, desk.word("seriesScreen", "hideGhosts"))).toBeVisible();
      await expect(desk.page.locator("[data-ghost]").first()).toBeInViewport();
    },
  },
  {
    name: "series-card",
    open: async (desk) => {
      await record(desk, "Sam Serrano");
      await button(desk, desk.word("seriesCard", "open")).first().click();
      await expect(dialog(desk)).toBeVisible();
    },
  },
  {
    name: "absence",
    open: async (desk) => {
      await section(desk, "practitioners");
      await button(desk, desk.word("setup", "addAbsence")).click();
      await expect(dialog(desk)).toBeVisible();
    },
  },
  {
    name: "protocol-effects",
    open: async (desk) => {
      await section(desk, "protocols");
      await desk.page.getByLabel(desk.word("setup", "minHours")).first().fill("25");
      await desk.page.keyboard.press("Tab");
      await button(desk, desk.word("setup", "seeEffects")).click();
      await expect(dialog(desk)).toBeVisible();
    },
  },
  {
    name: "visits-to-move",
    open: async (desk) => {
      await expect(board(desk.page)).toBeVisible();
      await desk.page.keyboard.press("Control+k");
      // A letter with an accent is put where the keyboard is, without a key of its own.
      await expect(desk.page.getByRole("searchbox")).toBeFocused();
      await desk.page.keyboard.type(desk.word("frame", "visitsToMove"));
      await desk.page.keyboard.press("Enter");
      await expect(desk.page.getByText(desk.word("setup", "nothingMisplaced"))).toBeVisible();
    },
  },
];
