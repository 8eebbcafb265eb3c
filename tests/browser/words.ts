/** The words of the window, by their place in its catalogues. */

import en from "../../ui/src/words/en.json";
import fr from "../../ui/src/words/fr.json";

export type Language = "en" | "fr";

type Section = keyof typeof en & keyof typeof fr;

/** What the window says in a language: `word("day", "next")`. */
export function wordsIn(language: Language) {
  return <S extends Section>(section: S, name: keyof (typeof en)[S] & keyof (typeof fr)[S]): string =>
    String((language === "fr" ? fr : en)[section][name]);
}
