/** Where the keyboard is, and whether anybody can see it. */

import type { Page } from "@playwright/test";

import { expect } from "./clinic";

/** What the keyboard is on, in a few words; the empty text where it is on nothing. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) {
      return "";
    }
    const name = at.getAttribute("aria-label") ?? (at.closest("label") ?? at).textContent ?? "";
    return `${at.tagName.toLowerCase()} ${at.id} ${name.trim().slice(0, 60)}`;
  });
}

/** Presses Tab, and gives what the keyboard is on then, which is in sight; nothing where it left the page. */
export async function tab(page: Page): Promise<string> {
  await page.keyboard.press("Tab");
  const stop = await focused(page);
  if (stop !== "") {
    await expectFocusSeen(page);
  }
  return stop;
}

/** Why whoever looks does not see where the keyboard is; the empty text where they do. */
function hidden(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) {
      return "the focus is on nothing";
    }
    const words = at.outerHTML.slice(0, 160);
    const isMarked = (element: Element) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return (
        outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && !outlineColor.endsWith(", 0)")
      );
    };
    // A field shows it at its box, a tick at the square beside its hidden input.
    const near: Element[] = [at];
    for (let up = at.parentElement; up && near.length < 4; up = up.parentElement) {
      near.push(up);
    }
    const beside = at.closest("label")?.querySelectorAll("*") ?? [];
    const isFilled =
      at.getAttribute("role") === "spinbutton" && !getComputedStyle(at).backgroundColor.endsWith(", 0)");
    if (!isFilled && ![...near, ...beside].some(isMarked)) {
      return `not marked: ${words}`;
    }
    const box = (at.closest("label") ?? at).getBoundingClientRect();
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    const right = Math.min(box.right, innerWidth);
    const bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 2 || bottom - top < 2) {
      return `out of sight: ${words}`;
    }
    // What has no paint of its own, as the layer that catches the pointer during a move, covers nothing.
    const isPainted = (element: Element) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(element);
      return !backgroundColor.endsWith(", 0)") || backgroundImage !== "none";
    };
    const over = document
      .elementsFromPoint((left + right) / 2, (top + bottom) / 2)
      .find((element) => isPainted(element) || at.contains(element) || element.contains(at));
    const isOver = over && (at.contains(over) || over.contains(at) || over.closest("label")?.contains(at));
    return isOver ? "" : `covered by ${over?.outerHTML.slice(0, 100)}: ${words}`;
  });
}

/** Fails unless whoever looks sees where the keyboard is. */
export async function expectFocusSeen(page: Page) {
  // Most often it is seen at once, and most of a walk is such looks.
  if ((await hidden(page)) !== "") {
    await expect.poll(() => hidden(page), { intervals: [50] }).toBe("");
  }
}

/** Presses Tab until the keyboard is on what `name` says, and sees it at each stop. */
export async function tabTo(page: Page, name: string | RegExp, most = 60) {
  const fits = (words: string) => (typeof name === "string" ? words.endsWith(` ${name}`) : name.test(words));
  let stop = await focused(page);
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (fits(stop)) {
      return;
    }
    stop = await tab(page);
  }
  throw new Error(`Tab does not lead to ${name}; it is on ${await focused(page)}`);
}
