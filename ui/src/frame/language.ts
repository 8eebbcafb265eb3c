/** What keeps the program's words in the language of the window. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { speak } from "../lib/api";
import { readAgain } from "../lib/refresh";
import type { Locale } from "../words/words";
import { usePreferences } from "./preferences";

/** The language that the answers a client keeps were asked in. */
const told = new WeakMap<QueryClient, Locale>();

/** Has the program speak a language; gives whether it spoke another before. */
export async function tellLanguage(client: QueryClient, language: Locale): Promise<boolean> {
  const before = told.get(client);
  if (before === language) {
    return false;
  }
  told.set(client, language);
  try {
    await speak(language);
    return true;
  } catch {
    // Words of rules then stay in the language before; everything else works.
    told.delete(client);
    return false;
  }
}

/** Has the program speak the language of the window. */
export function useProgramLanguage() {
  const { language } = usePreferences();
  const client = useQueryClient();
  useEffect(() => {
    void tellLanguage(client, language).then(async (isOther) => {
      if (isOther) {
        await readAgain(client);
      }
    });
  }, [language, client]);
}
