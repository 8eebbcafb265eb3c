/** The programs behind the page: the bridge over a clinic, and the maker of clinics. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** Where cargo put the programs. */
const built = process.env.ORDO_TEST_BUILT ?? resolve(__dirname, "../../target/debug");

/** Where clinics that are made once lie. */
const kept = resolve(built, "..", "clinics");

/** A clinic of the testkit by its name, with the day it is made around. */
export type ClinicName = "small" | "old" | "full" | "decade";

/** A clinic that is copied: one of the testkit's, or the small one with people in it. */
export type Kept = ClinicName | "people";

/**
 * Settles the day that the kept clinics are of, once for a whole run, which may go on past midnight: the workers that
 * are started after it are told.
 */
export function settleDay(): string {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Toronto" }).format(Date.now());
  process.env.ORDO_TEST_DAY ??= today;
  return process.env.ORDO_TEST_DAY;
}

/** The folder of a clinic as it is made; made at the first call of a run on another day. */
export function original(name: ClinicName): string {
  if (!existsSync(join(folderOf(name), "clinic.ordo"))) {
    const making = mkdtempSync(join(tmpdir(), "ordo-making-"));
    execFileSync(join(built, "clinics"), [name, making]);
    keep(making, name);
  }
  return folderOf(name);
}

/** Keeps a clinic to be copied, in place of one that was kept before, and takes it from where it was made. */
export function keep(made: string, name: Kept) {
  forget(name);
  cpSync(made, folderOf(name), { recursive: true });
  rmSync(made, { recursive: true });
}

/** Forgets a kept clinic, so that it is made anew by the maker as it is now. */
export function forget(name: Kept) {
  rmSync(folderOf(name), { recursive: true, force: true });
}

const folderOf = (name: Kept) => join(kept, `${name}-${settleDay()}`);

/** A program that serves the window over a clinic. */
export class Program {
  private constructor(
    readonly folder: string,
    readonly address: string,
    private readonly home: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts over the clinic in `folder`; with nothing there, it begins with the first start. */
  static async over(folder: string): Promise<Program> {
    const home = mkdtempSync(join(tmpdir(), "ordo-home-"));
    const child = spawn(join(built, "examples", "bridge"), [folder, "0", "first-start"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, HOME: home, ORDO_KEY: "", ORDO_KEYCHAIN: "none" },
    });
    const lines = createInterface({ input: child.stdout });
    const address = await new Promise<string>((found, failed) => {
      lines.once("line", found);
      child.once("exit", (code) => failed(new Error(`the bridge ended with ${code}`)));
      child.once("error", failed);
    });
    return new Program(folder, address, home, child);
  }

  /** Starts over a copy of a kept clinic that is nobody else's; without a name, where there is no clinic yet. */
  static async copyOf(name?: Kept): Promise<Program> {
    const folder = mkdtempSync(join(tmpdir(), "ordo-clinic-"));
    if (name) {
      cpSync(name === "people" ? folderOf(name) : original(name), folder, { recursive: true });
    }
    return Program.over(folder);
  }

  /** Asks the program beside the page, as the page would. */
  async ask<Answer>(command: string, values: object = {}): Promise<Answer> {
    const answer = await fetch(`${this.address}/command/${command}`, {
      method: "POST",
      body: JSON.stringify(values),
    });
    const value = await answer.json();
    if (!answer.ok) {
      throw new Error(`${command}: ${JSON.stringify(value)}`);
    }
    return value as Answer;
  }

  /** Ends it; nothing of its files is held any more once that is done. */
  async stop() {
    if (this.process.exitCode === null) {
      const gone = new Promise((done) => this.process.once("exit", done));
      this.process.kill();
      await gone;
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}
