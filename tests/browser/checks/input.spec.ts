import { type ChildProcess, spawn } from "node:child_process";
import { renameSync } from "node:fs";
import { resolve } from "node:path";

import { board, type Desk, expect, keepPicture, rail, step, test } from "../clinic";
import { tabTo } from "../focus";
import { proposals } from "../ways";

/** Names that nobody wants to type, each with a part that finds it. */
const NAMES: [string, string][] = [
  ['<img src=x onerror="document.title=1"> & "Quoted" <script>document.title=2</script>', "onerror"],
  ["Zoé 👩🏽‍⚕️🇨🇦 Émond", "Émond"],
  ["مريم عبد الرحمن", "مريم"],
  ["\u202eesreveR \u2067דניאל", "esreveR"],
  [`${"Wolfeschlegelstein".repeat(16)}bergerdorff`.slice(0, 300), "Wolfeschlegelsteinwolfe"],
];

for (const [name, part] of NAMES) {
  test(`a patient called ${name.slice(0, 24)}… is added, found, booked and shown as typed`, async ({
    own,
  }) => {
    const desk = await own();
    const { page, word } = desk;
    await rail(desk, "patients").click();
    await page.getByRole("button", { name: word("patients", "new"), exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: word("patients", "name") }).fill(name);
    await form.getByRole("button", { name: word("patients", "addPatient") }).click();
    const heading = page.locator("[data-patient] h2").first();
    await expect(heading).toHaveText(name);
    await page.getByRole("searchbox").fill(part);
    await expect(page.getByRole("option").first()).toContainText(name);

    await rail(desk, "day").click();
    await step(desk, 1);
    await page.keyboard.press("n");
    // Letters of other alphabets come without a key, and go where the keyboard is.
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type(part);
    await expect(page.getByRole("dialog").getByRole("option").first()).toContainText(name);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: word("booking", "book"), exact: true }).click();
    const card = page.locator("[data-appointment]").filter({ hasText: name });
    await expect(card).toHaveCount(1);
    // A direction of its own does not turn the line around it, and nothing in a name is anything but letters.
    await expect(card.locator("bdi")).toHaveText(name);
    await expect(page.locator("img, main script")).toHaveCount(0);
    await expect(page).toHaveTitle("Ordo");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await keepPicture(page, `name-${NAMES.findIndex(([other]) => other === name)}`);
  });
}

/** Opens the card for a free place of tomorrow and chooses somebody who can come. */
async function readyToBook(desk: Desk): Promise<number> {
  const { page, word } = desk;
  await step(desk, 1);
  const before = await page.locator("[data-appointment]").count();
  await page.keyboard.press("n");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("beauchemin");
  await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("Beauchemin");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: word("booking", "book"), exact: true })).toBeEnabled();
  return before;
}

test("a double click on Book books once", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  const before = await readyToBook(desk);
  await page.getByRole("button", { name: word("booking", "book"), exact: true }).dblclick();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator("[data-appointment]")).toHaveCount(before + 1);
  await page.keyboard.press("Control+z");
  await expect(page.locator("[data-appointment]")).toHaveCount(before);
});

test("a key that repeats on Book books once", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  const before = await readyToBook(desk);
  await tabTo(page, word("booking", "book"));
  for (let repeat = 0; repeat < 6; repeat += 1) {
    await page.keyboard.down("Enter");
  }
  await page.keyboard.up("Enter");
  await expect(page.locator("[data-appointment]")).toHaveCount(before + 1);
  await page.keyboard.press("Control+z");
  await expect(page.locator("[data-appointment]")).toHaveCount(before);
});

test("a series is booked once however often Book is pressed", async ({ own }) => {
  const desk = await own();
  const { page, program } = desk;
  const series = async () => {
    const { hits } = await program.ask<{ hits: { id: string }[] }>("search_patients", {
      text: "Sam Serrano",
      from: 0,
      limit: 1,
    });
    return (await program.ask<{ series: unknown[] }>("patient_record", { id: hits[0]?.id })).series.length;
  };
  const before = await series();
  await proposals(desk);
  await page
    .locator("[data-proposal]")
    .first()
    .getByRole("button", { name: /^Book / })
    .dblclick();
  await expect(page.getByRole("alertdialog").filter({ hasText: "series booked" })).toHaveCount(1);
  expect(await series()).toBe(before + 1);
});

test("on a window narrower than two columns a visit is booked and another one opened", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await page.setViewportSize({ width: 200, height: 420 });
  const before = await readyToBook(desk);
  await page.getByRole("button", { name: word("booking", "book"), exact: true }).click();
  await expect(page.locator("[data-appointment]")).toHaveCount(before + 1);
  await page.locator("[data-appointment]").first().click();
  await expect(page.getByRole("dialog")).toContainText(word("card", "openPatient"));
  await keepPicture(page, "narrower-than-two-columns");
});

/** Holds SQLite's lock for writing from another process until it is told to let go. */
async function lock(folder: string): Promise<ChildProcess> {
  const holder = spawn(
    process.env.ORDO_TEST_PYTHON ?? "python3",
    [resolve(__dirname, "../../hold-database.py"), folder],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  await new Promise((held, failed) => {
    holder.stdout?.once("data", held);
    holder.once("exit", failed);
  });
  return holder;
}

test("while another program holds the database a booking says what to do, and nothing is lost", async ({
  own,
}) => {
  const desk = await own();
  const { page, program, word } = desk;
  const before = await readyToBook(desk);
  const holder = await lock(program.folder);
  const book = page.getByRole("button", { name: word("booking", "book"), exact: true });
  await book.click();
  const said = page.getByRole("alertdialog").filter({ hasText: /try again|close/i });
  await expect(said).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("Beauchemin");
  holder.stdin?.end();
  await new Promise((gone) => holder.once("exit", gone));
  await book.click();
  await expect(page.locator("[data-appointment]")).toHaveCount(before + 1);
});

test("a database that is gone is missed, and everything goes on when it is back", async ({ own }) => {
  const desk = await own();
  const { page, program } = desk;
  await step(desk, 1);
  const count = await page.locator("[data-appointment]").count();
  const away = `${program.folder}-away`;
  renameSync(program.folder, away);
  await expect(page.getByRole("alert").first()).toBeVisible();
  renameSync(away, program.folder);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect(board(page)).toBeVisible();
  await expect(page.locator("[data-appointment]")).toHaveCount(count);
});
