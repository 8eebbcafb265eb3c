import { readFileSync } from "node:fs";

import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { disciplineLook } from "../../lib/disciplines";

const read = (file: string) => readFileSync(`${import.meta.dirname}/${file}`, "utf8");

/** What a rule of a style sheet says for a hue, light or dark. */
function ruleOf(css: string, hue: string, isDark: boolean): string {
  const selector = `${isDark ? '[data-theme="dark"] ' : ""}[data-hue="${hue}"] {`;
  const [, ...rest] = `\n${css}`.split(`\n${selector}`);
  return rest[0]?.split("\n}")[0] ?? "";
}

const offered = ["physio", "massage", "third", "fourth", "fifth"];

test.each(
  offered.flatMap((discipline) => [
    [discipline, false],
    [discipline, true],
  ]) as [string, boolean][],
)("the picture of %s on cards is its icon in its ink (dark: %s)", (discipline, isDark) => {
  const { hue, icon: Icon } = disciplineLook(discipline, offered);
  const ink = /--hue-ink: (#\w+)/.exec(ruleOf(read("../../theme.css"), hue, isDark))?.[1];
  const picture = decodeURIComponent(ruleOf(read("pictures.css"), hue, isDark));
  expect(picture).toContain(`stroke='${ink}'`);
  const { container } = render(<Icon />);
  const strokes = [...container.querySelectorAll("path, circle")];
  expect(strokes.length).toBeGreaterThan(0);
  expect(picture.match(/<(path|circle)/g)).toHaveLength(strokes.length);
  for (const stroke of strokes) {
    for (const name of ["d", "cx", "cy", "r"]) {
      const value = stroke.getAttribute(name);
      if (value !== null) {
        expect(picture).toContain(`${name}='${value}'`);
      }
    }
  }
});
