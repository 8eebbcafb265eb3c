/** The only way from the window to the program: typed commands, whose refusals become a {@link ClinicError}. */

import { type Code, commands, type Error as Refusal } from "./bindings";

export type {
  Code,
  DayAppointment_Serialize as DayAppointment,
  DayDiscipline,
  DayPractitioner_Serialize as DayPractitioner,
  DaySpan,
  DayStatus,
  DayTotals,
  DayView_Serialize as DayView,
} from "./bindings";

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

async function data<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const settled = await answer;
  if (settled.status === "error") {
    // What the desktop itself refuses, such as a command that the window may not call, comes as a text.
    const refusal: Refusal | string = settled.error;
    throw typeof refusal === "string" ? new Error(refusal) : new ClinicError(refusal);
  }
  return settled.data;
}

/** One day of the clinic; `date` as in `2026-11-23`. */
export const day = (date: string) => data(commands.day(date));
