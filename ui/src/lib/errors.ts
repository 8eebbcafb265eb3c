/** What the window says for each refusal of the program; the program's own words are shown with it. */

import { ClinicError, type Code } from "./api";

/** A short title and what to do. */
export interface ErrorWords {
  title: string;
  advice: string;
}

const titles: Partial<Record<Code, string>> = {
  database: "The clinic could not be opened",
  busy: "Another program is using the clinic",
  "no-clinic": "There is no clinic here yet",
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
