import { expect, test } from "vitest";

import { catalogues } from "./words";

const keys = (catalogue: object, path = ""): string[] =>
  Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}${key}`] : keys(value, `${path}${key}.`),
  );

/** The names in braces, plural forms left out. */
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();

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
