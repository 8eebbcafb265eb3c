import { expect, test } from "vitest";

import { catalogues } from "./words";

const keys = (catalogue: object, path = ""): string[] =>
  Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}${key}`] : keys(value, `${path}${key}.`),
  );

/** The names in braces; the forms of a plural stand in braces too, but one level deeper. */
function placeholders(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [brace, name] of [...text.matchAll(/[{}]\s*(\w*)/g)]) {
    if (brace.startsWith("{")) {
      if (depth % 2 === 0 && name) {
        names.push(name);
      }
      depth += 1;
    } else {
      depth -= 1;
    }
  }
  return names.sort();
}

const read = (catalogue: unknown, path: string): string =>
  String(
    path
      .split(".")
      .reduce<unknown>((at, key) => (at instanceof Object ? Reflect.get(at, key) : at), catalogue),
  );

test("both languages say the same things", () => {
  expect(keys(catalogues.fr)).toEqual(keys(catalogues.en));
});

test.each(keys(catalogues.en))("%s has the same placeholders in French, and words", (key) => {
  const [english, french] = [read(catalogues.en, key), read(catalogues.fr, key)];
  expect(french.trim()).not.toBe("");
  expect(new Set(placeholders(french))).toEqual(new Set(placeholders(english)));
});
