/** The catalogues of the window's own words; what the program words itself arrives in the chosen language. */

import type en from "./en.json";

/** The languages of the window, each by its own name. */
export const languages = [
  { id: "en", name: "English" },
  { id: "fr", name: "Français" },
] as const;

export type Locale = (typeof languages)[number]["id"];

/** Every word in one language; the French catalogue has the keys of the English one. */
export type Catalogue = typeof en;

/** A file of each language: no window waits for one that it does not speak. */
const files: Record<Locale, () => Promise<{ default: Catalogue }>> = {
  en: () => import("./en.json"),
  fr: () => import("./fr.json"),
};

const here = new Map<Locale, Catalogue>();

/** Makes the words of a language ready. */
export async function loadWords(locale: Locale): Promise<void> {
  if (!here.has(locale)) {
    here.set(locale, (await files[locale]()).default);
  }
}

/** The words of a language, once they are ready. */
export const wordsOf = (locale: Locale): Catalogue | undefined => here.get(locale);

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalogue;
  }
}
