/** What the window says for each refusal of the program; the program's own words are shown with it. */

import { ClinicError } from "./api";

/** A short title and what to do. */
export interface ErrorWords {
  title: string;
  advice: string;
}

const titles: Record<string, string> = {
  "wrong-key": "The clinic could not be unlocked",
  "newer-database": "This clinic was used with a newer Ordo",
  "not-a-database": "This file is not a clinic of Ordo",
};

/** The words for any error that reached a screen. */
export function errorInWords(error: Error): ErrorWords {
  if (error instanceof ClinicError) {
    return { title: titles[error.code] ?? "The clinic could not be read", advice: error.message };
  }
  return {
    title: "Something in the window went wrong",
    advice: `Restart Ordo; nothing that was saved is lost. (${error.message})`,
  };
}
