import { board, type Desk, expect, rail, step, test } from "../clinic";
import { expectFocusSeen, tabTo } from "../focus";
import { people } from "../people";

/** Who is at the desk, as the program says. */
interface Session {
  user: { name: string } | null;
}

const whoIsHere = async ({ program }: Desk) => (await program.ask<Session>("session")).user?.name;

test("people sign in, lock and switch by keys alone, and nothing stays on screen between them", async ({
  own,
}) => {
  const desk = await own({ as: "nobody" });
  const { page, word } = desk;
  await expect(page.getByRole("button", { name: people.owner.name })).toBeFocused();
  await expectFocusSeen(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(word("session", "pin"))).toBeFocused();
  await page.keyboard.type("9999");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.keyboard.type(people["front-desk"].secret);
  await page.keyboard.press("Enter");
  await step(desk, 1);
  expect(await whoIsHere(desk)).toBe(people["front-desk"].name);
  const visits = await page.locator("[data-appointment]").count();
  expect(visits).toBeGreaterThan(0);
  await page.keyboard.press("l");
  await expect(page.getByRole("heading", { name: word("session", "title") })).toBeVisible();
  await expect(page.locator("[data-appointment]")).toHaveCount(0);
  await expect.poll(() => whoIsHere(desk)).toBeUndefined();
  // Whoever was here last is asked at once; somebody else is one key away.
  await expect(page.getByLabel(word("session", "pin"))).toBeFocused();
  await page.keyboard.press("Escape");
  await tabTo(page, new RegExp(people.owner.name));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(word("session", "password"))).toBeFocused();
  await page.keyboard.type(people.owner.secret);
  await page.keyboard.press("Enter");
  await expect(board(page)).toBeVisible();
  expect(await whoIsHere(desk)).toBe(people.owner.name);
});

test("a practitioner is shown their own visits and others' time as busy, and nothing to book with", async ({
  own,
}) => {
  const desk = await own({ as: "practitioner" });
  const { page, word } = desk;
  await step(desk, 1);
  const columns = page.locator("[data-column]");
  const own_ = columns.filter({ has: page.locator("[data-appointment]") });
  await expect(own_).toHaveCount(1);
  await expect(columns.filter({ hasText: word("session", "busy") }).first()).toBeVisible();
  await expect(rail(desk, "series")).toHaveCount(0);
  await expect(rail(desk, "setup")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.locator("[data-appointment]").first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.getByRole("button", { name: word("card", "move"), exact: true })).toHaveCount(0);
});

test("the first owner adds themselves in the set-up, and from then on one signs in", async ({ own }) => {
  const desk = await own();
  const { page, word } = desk;
  await page.getByRole("button", { name: word("session", "addPeople") }).click();
  await page.getByRole("button", { name: word("people", "addFirst") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(word("people", "name")).fill("Olga");
  await dialog.getByLabel(word("people", "newPassword")).fill("quiet-otter");
  await dialog.getByLabel(word("people", "again")).fill("quiet-otter");
  await dialog.getByRole("button", { name: word("people", "save") }).click();
  await expect(page.getByRole("button", { name: /Olga/ }).first()).toBeVisible();
  expect(await whoIsHere(desk)).toBe("Olga");
  await page.reload();
  await expect(rail(desk, "setup")).toBeVisible();
  await page.keyboard.press("l");
  await expect(page.getByLabel(word("session", "password"))).toBeFocused();
});

test("the window locks itself when nobody touches it", async ({ own, page }) => {
  await page.clock.install();
  const desk = await own({ as: "owner" });
  await expect(board(page)).toBeVisible();
  await page.clock.fastForward("09:00");
  await page.mouse.move(200, 200);
  await page.clock.fastForward("09:00");
  await expect(board(page)).toBeVisible();
  await page.clock.fastForward("02:00");
  await expect(page.getByRole("heading", { name: desk.word("session", "title") })).toBeVisible();
  await expect.poll(() => whoIsHere(desk)).toBeUndefined();
});

test("what somebody was typing when the window locked itself is there for them, and for nobody else", async ({
  own,
  page,
}) => {
  await page.clock.install();
  const desk = await own({ as: "front-desk" });
  const { word } = desk;
  await rail(desk, "patients").click();
  await page.getByRole("button", { name: word("patients", "new"), exact: true }).click();
  const name = page.getByRole("dialog").getByRole("textbox", { name: word("patients", "name") });
  await name.fill("Ana Half");
  const locked = page.getByRole("heading", { name: word("session", "title") });
  await page.clock.fastForward("11:00");
  await expect(locked).toBeVisible();
  await expect(page.getByText("Sam Serrano")).not.toBeVisible();
  await expect(name).not.toBeVisible();
  await page.getByRole("button", { name: people["front-desk"].name }).click();
  await expect(page.getByLabel(word("session", "pin"))).toBeFocused();
  await page.keyboard.type(people["front-desk"].secret);
  await page.keyboard.press("Enter");
  await expect(name).toHaveValue("Ana Half");
  await tabTo(page, word("patients", "addPatient"));

  await page.clock.fastForward("11:00");
  await expect(locked).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: people.owner.name }).click();
  await expect(page.getByLabel(word("session", "password"))).toBeFocused();
  await page.keyboard.type(people.owner.secret);
  await page.keyboard.press("Enter");
  await expect(board(page)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await whoIsHere(desk)).toBe(people.owner.name);
});
