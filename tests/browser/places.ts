/** Every screen and every overlay of the window, and the way to each. */

import { calendarServer } from "./calendar-server";
import { board, type Desk, expect, type Opening, step, stepTo } from "./clinic";
import { overlays } from "./overlays";
import { type Person, people } from "./people";
import {
  account,
  aVisit,
  button,
  ownClinic,
  proposals,
  publishing,
  record,
  screen,
  section,
  typePassphrase,
} from "./ways";

/** A place of the window. */
export interface Place {
  name: string;
  open: (desk: Desk) => Promise<void>;
  /** Whether it is only seen where there is no clinic yet. */
  isFirstStart?: boolean;
  /** Whether it is reached by changing the clinic. */
  own?: boolean;
  /** Whether it is gone when the window speaks another language, or offers no way to have it speak one. */
  isOfOneLanguage?: boolean;
  /** Who is signed in, where it is only seen in a clinic that knows its people. */
  as?: Person | "nobody";
}

interface Ways {
  own: (opening?: Opening & { clinic?: "none"; as?: Person | "nobody" }) => Promise<Desk>;
  shared: (opening?: Opening) => Promise<Desk>;
}

/** Opens a window in which a place can be seen, and goes there. */
export async function visit(place: Place, { own, shared }: Ways, opening: Opening) {
  const { isFirstStart, as } = place;
  const desk = isFirstStart
    ? await own({ ...opening, clinic: "none" })
    : as || place.own
      ? await own(as ? { ...opening, as } : opening)
      : await shared(opening);
  await place.open(desk);
}

/** A calendar of another program: a day off, a free time, and a line that is none. */
const calendar = () =>
  [
    "BEGIN:VCALENDAR",
    "X-WR-CALNAME:Holidays",
    "BEGIN:VEVENT",
    "UID:off",
    `DTSTART;VALUE=DATE:${new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "")}`,
    "SUMMARY:Day off",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:broken",
    "DTSTART:soon",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");

export const places: Place[] = [
  { name: "day-today", open: async ({ page }) => expect(board(page)).toBeVisible() },
  { name: "day", open: async (desk) => void (await step(desk, 1)) },
  {
    name: "day-closed",
    open: async (desk) => {
      await stepTo(desk, 21);
      await desk.page.keyboard.press("ArrowRight");
      await expect(desk.page.locator("[data-empty]")).toBeVisible();
    },
  },
  {
    name: "day-calendar",
    open: async (desk) => {
      await button(desk, desk.word("day", "chooseDate")).click();
      await expect(desk.page.getByRole("grid")).toBeVisible();
    },
  },
  {
    name: "week",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("w");
      await expect(button(desk, desk.word("day", "nextWeek"))).toBeVisible();
      await expect(desk.page.locator("[data-column]")).toHaveCount(7);
      await expect(board(desk.page).locator("[data-appointment]").first()).toBeVisible();
    },
  },
  {
    name: "next-free",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("f");
      await expect(button(desk, desk.word("free", "book"))).toBeVisible();
    },
  },
  {
    name: "narrow",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("/");
      await desk.page.keyboard.type("pia");
      await expect(desk.page.locator("[data-column]")).toHaveCount(1);
    },
  },
  {
    name: "hover",
    isOfOneLanguage: true,
    open: async (desk) => {
      await step(desk, 1);
      // A pointer that comes to lie on a visit is at rest until it moves there.
      await desk.page.locator("[data-appointment]").nth(6).hover();
      await desk.page
        .locator("[data-appointment]")
        .nth(6)
        .hover({ position: { x: 12, y: 12 } });
      await expect(desk.page.locator("[role='tooltip']")).toBeVisible();
    },
  },
  { name: "visit", open: aVisit },
  {
    name: "visit-cancel",
    open: async (desk) => {
      await aVisit(desk);
      await button(desk, desk.word("card", "cancel")).click();
      await expect(desk.page.getByLabel(desk.word("card", "cancelReason"))).toBeFocused();
    },
  },
  {
    name: "moving",
    open: async (desk) => {
      await aVisit(desk);
      await button(desk, desk.word("card", "move")).click();
      await expect(desk.page.getByText(desk.word("move", "legendIllegal"), { exact: true })).toBeVisible();
    },
  },
  {
    name: "booking",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("n");
      await expect(desk.page.getByRole("dialog").getByRole("option").nth(3)).toBeVisible();
    },
  },
  {
    name: "booking-weighed",
    open: async (desk) => {
      await step(desk, 1);
      await desk.page.keyboard.press("n");
      const dialog = desk.page.getByRole("dialog");
      await expect(dialog.getByRole("option").nth(3)).toBeVisible();
      await dialog.getByRole("option").first().click();
      await expect(dialog.getByRole("button", { name: desk.word("booking", "change") })).toBeVisible();
      await expect(dialog.getByRole("status")).not.toBeEmpty();
      await expect(dialog.getByRole("status")).not.toHaveText(desk.word("booking", "choose"));
    },
  },
  {
    name: "palette",
    open: async (desk) => {
      await desk.page.keyboard.press("Control+k");
      await expect(desk.page.getByRole("menuitem").first()).toBeVisible();
    },
  },
  {
    name: "keys",
    open: async (desk) => {
      await expect(board(desk.page)).toBeVisible();
      await desk.page.keyboard.press("?");
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "series",
    open: async (desk) => {
      await screen(desk, "series");
      await expect(desk.page.getByRole("option").nth(2)).toBeVisible();
    },
  },
  { name: "proposals", open: proposals },
  {
    name: "patients",
    open: async (desk) => {
      await screen(desk, "patients");
      await expect(desk.page.getByRole("option").nth(3)).toBeVisible();
    },
  },
  { name: "record", open: (desk) => record(desk, "Sam Serrano") },
  { name: "record-alike", open: (desk) => record(desk, "Aurélie Beauchemin") },
  { name: "record-markup", open: (desk) => record(desk, "Quoted") },
  {
    name: "patient-form",
    open: async (desk) => {
      await record(desk, "Sam Serrano");
      await button(desk, desk.word("patients", "edit")).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "new-patient",
    open: async (desk) => {
      await screen(desk, "patients");
      await button(desk, desk.word("patients", "new")).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "merge-choice",
    open: async (desk) => {
      await record(desk, "Aurélie Beauchemin");
      await button(desk, desk.word("patients", "merge")).click();
      await expect(desk.page.getByRole("dialog").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "merge",
    open: async (desk) => {
      await record(desk, "Aurélie Beauchemin");
      await button(desk, desk.word("patients", "compare")).click();
      await expect(button(desk, desk.word("patients", "mergeNow"))).toBeVisible();
    },
  },
  {
    name: "practitioner",
    open: async (desk) => {
      await screen(desk, "practitioner");
      await expect(desk.page.locator("[data-practitioner-day][aria-busy='false']")).toBeVisible();
    },
  },
  {
    name: "export",
    open: async (desk) => {
      await screen(desk, "practitioner");
      await button(desk, desk.word("myDay", "export")).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "import-calendar",
    open: async (desk) => {
      await screen(desk, "practitioner");
      await button(desk, desk.word("calendars", "import")).click();
      await desk.page.locator("input[type='file']").setInputFiles({
        name: "holidays.ics",
        mimeType: "text/calendar",
        buffer: Buffer.from(calendar()),
      });
      await expect(desk.page.getByText(desk.word("calendars", "titles"))).toBeVisible();
    },
  },
  {
    name: "import-account",
    open: async (desk) => {
      await screen(desk, "practitioner");
      await button(desk, desk.word("calendars", "import")).click();
      await desk.page.getByRole("radio", { name: desk.word("calendars", "fromAccount") }).click();
      await account(desk);
      await button(desk, desk.word("account", "find")).click();
      await expect(desk.page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "import-patients",
    open: async (desk) => {
      await screen(desk, "patients");
      await button(desk, desk.word("patientList", "import")).click();
      await desk.page.locator("input[type='file']").setInputFiles({
        name: "patients.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "First name,Last name,Phone,Date of birth\nAda,Lovelace,416 555 0199,1985-12-23\n" +
            "Sam,Serrano,,\nCarl,Young,,soon\n",
        ),
      });
      await expect(desk.page.getByText(desk.word("patientList", "columns"), { exact: true })).toBeVisible();
    },
  },
  {
    name: "sharing-full",
    open: async (desk) => {
      await section(desk, "sharing");
      await desk.page.getByRole("tabpanel").getByRole("button", { expanded: false }).first().click();
      await desk.page.getByRole("option", { name: desk.word("sharing", "names-full") }).click();
      await expect(desk.page.getByRole("dialog")).toContainText(desk.word("sharing", "fullAnyway"));
    },
  },
  {
    name: "publish",
    open: async (desk) => {
      await publishing(desk);
      await account(desk);
      await button(desk, desk.word("publish", "check")).click();
      await expect(desk.page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "publishing",
    own: true,
    open: async (desk) => {
      await publishing(desk);
      await account(desk, await calendarServer());
      await button(desk, desk.word("publish", "check")).click();
      await expect(desk.page.getByRole("dialog").getByText(desk.word("publish", "kept"))).toBeVisible();
      await button(desk, desk.word("publish", "stop")).click();
    },
  },
  {
    name: "publishing-removal",
    own: true,
    open: async (desk) => {
      await publishing(desk);
      await account(desk, await calendarServer("kept"));
      await button(desk, desk.word("publish", "check")).click();
      const dialog = desk.page.getByRole("dialog");
      await expect(dialog.getByText(desk.word("publish", "kept"))).toBeVisible();
      await button(desk, desk.word("publish", "stop")).click();
      await button(desk, desk.word("publish", "stopAndRemove")).click();
      await expect(dialog.getByText(desk.word("publish", "removalDelayed"))).toBeVisible();
    },
  },
  ...(
    [
      "practitioners",
      "services",
      "rooms",
      "closures",
      "protocols",
      "sharing",
      "clinic",
      "journal",
      "backups",
      "keys",
      "updates",
      "people",
    ] as const
  ).map((name) => ({
    name: `setup-${name}`,
    open: (desk: Desk) => section(desk, name),
  })),
  {
    name: "keys-paper",
    open: async (desk) => {
      await section(desk, "keys");
      await button(desk, desk.word("clinicKey", "newKeyDo")).click();
      await typePassphrase(desk);
    },
  },
  {
    name: "backup-restore",
    open: async (desk) => {
      await section(desk, "backups");
      await button(desk, desk.word("backups", "now")).click();
      await desk.page.getByRole("row").last().getByRole("button").click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "journal-entry",
    open: async (desk) => {
      await section(desk, "journal");
      await desk.page.getByRole("option").last().click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "journal-check",
    open: async (desk) => {
      await section(desk, "journal");
      await button(desk, desk.word("journal", "check")).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  ...(
    [
      ["practitioners", "addPractitioner"],
      ["services", "addService"],
      ["rooms", "addRoom"],
    ] as const
  ).map(([name, add]) => ({
    name: `setup-${name}-new`,
    open: async (desk: Desk) => {
      await section(desk, name);
      await button(desk, desk.word("setup", add)).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  })),
  {
    name: "first-start",
    isFirstStart: true,
    open: async ({ page }) => expect(page.locator("main button")).toHaveCount(3),
  },
  {
    name: "first-start-new",
    isFirstStart: true,
    open: async (desk) => {
      await desk.page.getByRole("button", { name: desk.word("firstStart", "new") }).click();
      await expect(button(desk, desk.word("firstStart", "next"))).toBeVisible();
    },
  },
  {
    name: "first-start-faults",
    isFirstStart: true,
    open: async (desk) => {
      await desk.page.locator("input[type='file']").setInputFiles({
        name: "clinic.json",
        mimeType: "application/json",
        buffer: Buffer.from('{"format": "ordo-clinic/1", "practitioners": [{}]}'),
      });
      await expect(desk.page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "first-owner",
    isFirstStart: true,
    isOfOneLanguage: true,
    open: async (desk) => {
      await ownClinic(desk);
      await button(desk, desk.word("clinicKey", "later")).click();
      await expect(desk.page.getByLabel(desk.word("firstOwner", "name"))).toBeFocused();
    },
  },
  {
    name: "first-key",
    isFirstStart: true,
    isOfOneLanguage: true,
    open: ownClinic,
  },
  {
    name: "first-key-paper",
    isFirstStart: true,
    isOfOneLanguage: true,
    open: async (desk) => {
      await ownClinic(desk);
      await typePassphrase(desk);
    },
  },
  {
    name: "sign-in",
    as: "nobody",
    open: async ({ page }) => expect(page.locator("main li button")).toHaveCount(3),
  },
  {
    name: "sign-in-refused",
    as: "nobody",
    open: async ({ page }) => {
      await page.getByRole("button", { name: people["front-desk"].name }).click();
      await expect(page.locator("input[type='password']")).toBeFocused();
      await page.keyboard.type("9999");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  { name: "people", as: "owner", open: (desk) => section(desk, "people") },
  {
    name: "person",
    as: "owner",
    open: async (desk) => {
      await section(desk, "people");
      await button(desk, desk.word("people", "add")).click();
      await expect(desk.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "own-secret",
    as: "front-desk",
    open: async (desk) => {
      await expect(board(desk.page)).toBeVisible();
      await desk.page.keyboard.press("Control+,");
      await button(desk, desk.word("session", "changePin")).click();
      await expect(desk.page.getByLabel(desk.word("session", "presentPin"))).toBeFocused();
    },
  },
  {
    name: "lock-box",
    as: "owner",
    open: async (desk) => {
      await record(desk, "Sam Serrano");
      await button(desk, desk.word("lockBox", "button")).click();
      await expect(desk.page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
    },
  },
  {
    name: "day-of-practitioner",
    as: "practitioner",
    open: async (desk) => {
      await step(desk, 1);
      await expect(desk.page.getByText(desk.word("session", "busy"), { exact: true }).first()).toBeVisible();
    },
  },
  ...overlays,
];
