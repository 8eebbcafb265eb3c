/** What the window says for each refusal of the program; the program's own words are shown with it. */

import type { useTranslations } from "use-intl";

import { ClinicError, type Code } from "./api";

type Words = ReturnType<typeof useTranslations<"errors">>;

/** A short title and what to do. */
export interface ErrorWords {
  title: string;
  advice: string;
}

const titles: Partial<Record<Code, "database" | "damaged" | "newer" | "busy" | "noClinic">> = {
  database: "database",
  damaged: "damaged",
  newer: "newer",
  busy: "busy",
  "no-clinic": "noClinic",
};

/** Whether the clinic cannot be opened as it is, so that a backup of it may help. */
export function isBroken(error: Error): boolean {
  return error instanceof ClinicError && (error.code === "damaged" || error.code === "database");
}

/** What was asked, as far as it is known. */
interface Asked {
  data: unknown;
  error: Error | null;
}

/** Whether an answer could not be read again because the clinic is out of reach for a while: what was read before is there. */
export function isBehind({ data, error }: Asked): boolean {
  const isPassing = error instanceof ClinicError && (error.code === "busy" || error.code === "database");
  return data !== undefined && isPassing;
}

/** Why an answer is not shown. One that is only behind stays in sight, with all that is typed on it. */
export const refusalOf = (asked: Asked): Error | null => (isBehind(asked) ? null : asked.error);

/** The words for any error that reached a screen. */
export function errorInWords(error: Error, t: Words): ErrorWords {
  if (error instanceof ClinicError) {
    return { title: t(titles[error.code] ?? "unread"), advice: asSentence(error.message) };
  }
  return { title: t("window"), advice: t("windowAdvice", { message: error.message }) };
}

/** The program's messages begin small, as they stand behind a colon on the command line; here each stands alone. */
function asSentence(message: string): string {
  const [first = ""] = message;
  return first.toLocaleUpperCase() + message.slice(first.length);
}
