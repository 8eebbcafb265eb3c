/** The ways that several places begin with. */

import { type Desk, expect, rail, step } from "./clinic";

/** The button of a name. */
export const button = ({ page }: Desk, name: string) => page.getByRole("button", { name, exact: true });

/** To a screen, by the rail. */
export async function screen(desk: Desk, name: "series" | "patients" | "practitioner" | "setup") {
  await rail(desk, name).click();
}

/** To the card of a visit of tomorrow. */
export async function aVisit(desk: Desk) {
  await step(desk, 1);
  await desk.page.locator("[data-appointment]").first().click();
  await expect(desk.page.getByRole("dialog")).toContainText(desk.word("card", "openPatient"));
}

/** To the record of a patient. */
export async function record(desk: Desk, name: string) {
  const { page } = desk;
  await screen(desk, "patients");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("option").filter({ hasText: name }).first().click();
  await expect(page.locator("[data-patient]")).toBeVisible();
}

/** To a section of the set-up. */
export async function section(
  desk: Desk,
  name:
    | "practitioners"
    | "services"
    | "rooms"
    | "closures"
    | "protocols"
    | "sharing"
    | "clinic"
    | "journal"
    | "backups"
    | "keys"
    | "updates"
    | "people",
) {
  await screen(desk, "setup");
  // What waits in a section is counted behind its name.
  const tab = desk.page.getByRole("tab", { name: new RegExp(`^${desk.word("setup", name)}( ?\\d+)?$`) });
  await tab.click();
  // It is marked once its section is drawn.
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await expect(desk.page.getByRole("tabpanel")).toBeVisible();
}

/** To the account that the first practitioner's calendar is published to. */
export async function publishing(desk: Desk) {
  await section(desk, "sharing");
  await desk.page
    .getByRole("tabpanel")
    .getByText(desk.word("publish", "open"), { exact: true })
    .first()
    .click();
  await expect(desk.page.getByRole("dialog")).toBeVisible();
}

/** Types the way into an account; unless another is named, at an address of this machine where nobody listens. */
export async function account(desk: Desk, address = "http://127.0.0.1:9/pia/") {
  const { page, word } = desk;
  await page.getByRole("textbox", { name: word("account", "address") }).fill(address);
  await page.getByRole("textbox", { name: word("account", "user") }).fill("pia");
  await page.getByLabel(word("account", "password"), { exact: true }).fill("secret");
}

/** Brings in a clinic of one's own, up to the question where its key is kept. */
export async function ownClinic(desk: Desk) {
  await desk.page.locator("input[type='file']").setInputFiles({
    name: "clinic.json",
    mimeType: "application/json",
    buffer: Buffer.from(
      JSON.stringify({
        format: "ordo-clinic/1",
        clinic: { name: "Lakeside", time_zone: "America/Toronto", slot_minutes: 15 },
        services: [],
        rooms: [],
        practitioners: [],
        patients: [],
        appointments: [],
      }),
    ),
  });
  await button(desk, desk.word("firstStart", "bringIn")).click();
  await expect(button(desk, desk.word("clinicKey", "later"))).toBeVisible();
}

/** Answers where the key is kept, on a computer without a keychain, and waits for the paper. */
export async function typePassphrase(desk: Desk) {
  for (const field of await desk.page.locator("input[type='password']").all()) {
    await field.fill("otters sleep in the reeds");
  }
  await button(desk, desk.word("clinicKey", "next")).click();
  await expect(desk.page.locator("ol code")).toHaveCount(8);
}

/** To a patient's proposals of a series. */
export async function proposals(desk: Desk) {
  const { page, word } = desk;
  await screen(desk, "series");
  await page.getByRole("searchbox").fill("Sam Serrano");
  await page.getByRole("option").filter({ hasText: "Sam Serrano" }).click();
  await page.getByRole("row").first().click();
  await expect(page.locator("main [aria-busy='true']")).toHaveCount(0);
  await expect(page.locator("[data-proposal]").first()).toBeVisible();
  await expect(page.getByRole("region", { name: word("seriesScreen", "form") })).toBeVisible();
}
