/** The answer of a command: what was asked for, or a refusal that is thrown. */

import type { Code, Error as Refusal } from "./bindings";
import { followed } from "./pending";

/** A refusal by the program: a code to act on and words to show. */
export class ClinicError extends Error {
  readonly code: Code;

  constructor({ code, message }: Refusal) {
    super(message);
    this.name = "ClinicError";
    this.code = code;
  }
}

type Answer<Data> = { status: "ok"; data: Data } | { status: "error"; error: Refusal };

/** What a command answers, followed while it is on its way. */
export async function data<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const settled = await followed(answer);
  if (settled.status === "error") {
    // What the desktop itself refuses, such as a command that the window may not call, comes as a text.
    const refusal: Refusal | string = settled.error;
    throw typeof refusal === "string" ? new Error(refusal) : new ClinicError(refusal);
  }
  return settled.data;
}
