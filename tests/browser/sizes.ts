/** What a screen must hold at any size: targets that can be hit, and nothing out of reach. */

import type { Page } from "@playwright/test";

import { expect, keepPicture } from "./clinic";

/** What is too small to be hit, or too wide or too low to be reached. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SELECTOR =
      "button, a[href], input, select, textarea, [role='option'], [role='tab'], [role='menuitem'], [role='menuitemcheckbox'], [role='row'], [role='gridcell'] [role='button'], [role='spinbutton']";
    const faults: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(SELECTOR)) {
      // The length of a visit's card is its time: 2.5.8 leaves that out, and the card that opens has what can be done.
      if (element.dataset.appointment || element.closest("[aria-hidden='true'], [inert]")) {
        continue;
      }
      // A tick is hit anywhere on its label.
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (
        !target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
        width * height < 4
      ) {
        continue;
      }
      const isRow = element.getAttribute("role") === "row" && element.closest("[role='grid'] table, table");
      if ((width < 24 || height < 24) && !isRow) {
        faults.push(`${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 140)}`);
      }
    }
    return faults;
  });
}

/** What sticks out of the window with no way to bring it in, or scrolls both ways though it is no time grid. */
function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults = new Set<string>();
    const words = (element: Element) =>
      `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`;
    const scrolls = (element: Element, axis: "overflowX" | "overflowY") =>
      ["auto", "scroll"].includes(getComputedStyle(element)[axis]);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (
        element.closest(
          "[data-date], [data-practitioner-day] [data-grid], svg, [inert], [aria-hidden='true']",
        )
      ) {
        continue;
      }
      if (scrolls(element, "overflowX") && element.scrollWidth > element.clientWidth + 1) {
        faults.add(`scrolls sideways by ${element.scrollWidth - element.clientWidth}: ${words(element)}`);
      }
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true })) {
        continue;
      }
      let isCut = false;
      let isScrolled = false;
      for (let up: HTMLElement | null = element.parentElement; up; up = up.parentElement) {
        isScrolled ||= scrolls(up, "overflowY");
        isCut ||= getComputedStyle(up).overflow === "hidden" && up.getBoundingClientRect().right < box.right;
      }
      if ((box.right > innerWidth + 1 || box.left < -1) && !isCut) {
        faults.add(
          `sticks out sideways, ${Math.round(box.left)} to ${Math.round(box.right)}: ${words(element)}`,
        );
      }
      if (box.bottom > innerHeight + 1 && !isScrolled && !scrolls(element, "overflowY")) {
        faults.add(`sticks out below, to ${Math.round(box.bottom)}: ${words(element)}`);
      }
    }
    return [...faults];
  });
}

/** Pictures that had to give way to the words beside them. */
function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("svg[width]")]
      .filter((picture) => picture.checkVisibility({ visibilityProperty: true }))
      .filter(({ clientWidth, attributes }) => {
        const meant = Number(attributes.getNamedItem("width")?.value);
        return clientWidth < meant - 1;
      })
      .map(({ clientWidth, parentElement }) => `${clientWidth}: ${parentElement?.outerHTML.slice(0, 140)}`),
  );
}

/** There are no faults once what was opened or made smaller has found its place. */
function holds(faults: () => Promise<string[]>, where: string) {
  return expect
    .configure({ soft: true })
    .poll(faults, { message: where, intervals: [50] })
    .toEqual([]);
}

/** At the size it has, at 200 % and at 400 %, everything can be reached and hit. */
export async function expectToFit(page: Page, name: string) {
  await holds(() => tooSmall(page), "targets");
  await holds(() => unreachable(page), "at its size");
  await holds(() => squeezed(page), "pictures");
  // What 1280 × 800 holds at 200 %, and 1280 × 1024 at 400 %.
  for (const [width, height] of [
    [640, 400],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    await keepPicture(page, `${name}-${width}`);
    await holds(() => unreachable(page), `${width} × ${height}`);
    await holds(() => tooSmall(page), `targets at ${width} × ${height}`);
    await holds(() => squeezed(page), `pictures at ${width} × ${height}`);
  }
}
