/** The language of the window, and what keeps the program's words in the language of the window. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { speak } from "../lib/api";
import { readAgain } from "../lib/refresh";
import { type Catalogue, type Locale, loadWords, wordsOf } from "../words/words";
import { type Preferences, usePreferences } from "./preferences";

/** How the program speaks: its language, and the clock by which English tells the time. */
type Speech = Pick<Preferences, "language" | "clock">;

/** The speech that the answers a client keeps were asked in. */
const told = new WeakMap<QueryClient, string>();

/** Has the program speak as the window does; gives whether it spoke otherwise before. */
export async function tellLanguage(client: QueryClient, { language, clock }: Speech): Promise<boolean> {
  const speech = `${language} ${clock}`;
  if (told.get(client) === speech) {
    return false;
  }
  told.set(client, speech);
  try {
    await speak(language, clock);
    return true;
  } catch {
    // Words of rules then stay in the language before; everything else works.
    told.delete(client);
    return false;
  }
}

/** The language that the window speaks, with its words: the chosen one, and the one before until its words are here. */
export function useSpoken(): { language: Locale; words: Catalogue } {
  const { language } = usePreferences();
  const [before, setBefore] = useState(language);
  useEffect(() => {
    if (before !== language) {
      // A language whose file is gone is not spoken; the one before still is.
      loadWords(language).then(
        () => setBefore(language),
        () => {},
      );
    }
  }, [before, language]);
  const spoken = wordsOf(language) ? language : before;
  const words = wordsOf(spoken);
  if (!words) {
    throw new Error("nothing is drawn before the words of its language are ready");
  }
  return { language: spoken, words };
}

/** Has the program speak the language of the window. */
export function useProgramLanguage() {
  const { language, clock } = usePreferences();
  const client = useQueryClient();
  useEffect(() => {
    void tellLanguage(client, { language, clock }).then(async (isOther) => {
      if (isOther) {
        await readAgain(client);
      }
    });
  }, [language, clock, client]);
}
