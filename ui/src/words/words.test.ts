import { readdirSync, readFileSync } from "node:fs";
import compile from "icu-minify/compile";
import format from "icu-minify/format";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

/** A catalogue as it is written; where it is imported, its words have been read already. */
const written = (file: string): object => JSON.parse(readFileSync(`src/words/${file}`, "utf8"));
const [en, fr] = [written("en.json"), written("fr.json")];

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
  expect(keys(fr)).toEqual(keys(en));
});

test("every word is said somewhere", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.tsx?$/u.test(file))
    .map((file) => readFileSync(`src/${file}`, "utf8"))
    .join("\n");
  const named = new Set(sources.match(/(?<=["'`])[\w.-]+(?=["'`])/gu));
  // Of some the rest of the name is that of a kind, as in `kind-${kind}`.
  const begun = sources.match(/(?<=["'`])[\w-]+-(?=\$\{)/gu) ?? [];
  const isSaid = (key: string) => {
    const name = key.slice(key.lastIndexOf(".") + 1);
    return named.has(name) || begun.some((start) => name.startsWith(start));
  };
  expect(keys(en).filter((key) => !isSaid(key))).toEqual([]);
});

test.each(keys(en))("%s has the same placeholders in French, and words", (key) => {
  const [english, french] = [read(en, key), read(fr, key)];
  expect(french.trim()).not.toBe("");
  expect(new Set(placeholders(french))).toEqual(new Set(placeholders(english)));
});

test("French is punctuated as in Canada, and nothing of it begins a line", () => {
  const faults = keys(fr).filter((key) => {
    // What is chosen among is text too; the notation around it is not.
    const text = read(fr, key).replace(/\{\w+, (?:plural|select),|[=\w-]+ \{/gu, " ");
    return / [;?!:»]|«(?!\u00a0)|[^\u00a0]»|\u00a0[;?!]|[^\u00a0\s\d]:(?=\s|$)/u.test(text);
  });
  expect(faults).toEqual([]);
});

const formatters = {
  getDateTimeFormat: (...asked: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...asked),
  getNumberFormat: (...asked: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...asked),
  getPluralRules: (...asked: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...asked),
};

test.each([
  ["en", en],
  ["fr", fr],
] as const)("words in %s that were read ahead say what the whole notation says", (locale, catalogue) => {
  for (const key of keys(catalogue)) {
    const text = read(catalogue, key);
    for (const value of [0, 1, 2, 1234]) {
      const values = {
        ...Object.fromEntries(placeholders(text).map((name) => [name, value])),
        ...Object.fromEntries([...text.matchAll(/<(\w+)>/g)].map(([, tag]) => [tag, String])),
      };
      const whole = new IntlMessageFormat(text, locale).format(values);
      // A text without a letter comes back as nothing at all.
      const said = format(compile(text), locale, values, { formatters });
      expect(Array.isArray(said) && said.length === 0 ? "" : said, `${key} of ${value}`).toEqual(whole);
    }
  }
});
