/** Stands in for the program behind the window: answers commands from plain functions. */

type Answers = Record<string, (values: Record<string, unknown>) => unknown>;

/** A refusal, as the program sends it. */
export class Refusal {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Lets commands be answered by `answers`; a thrown {@link Refusal} arrives as one. Returns the calls made. */
export function answerCommands(answers: Answers): { command: string; values: Record<string, unknown> }[] {
  const calls: { command: string; values: Record<string, unknown> }[] = [];
  const invoke = async (command: string, values: Record<string, unknown>) => {
    calls.push({ command, values });
    const answer = answers[command];
    if (!answer) {
      throw new Error(`no answer for the command ${command}`);
    }
    return answer(values);
  };
  Object.assign(window, { __TAURI_INTERNALS__: { invoke, transformCallback: () => 0 } });
  return calls;
}
