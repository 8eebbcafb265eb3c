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
export type ClinicName = "small" | "full" | "decade";

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "America/Toronto" }).format(new Date());

/** The folder of a clinic as it is made; made at the first call of a day. */
export function original(name: ClinicName): string {
  const folder = join(kept, `${name}-${today()}`);
  if (!existsSync(join(folder, "clinic.ordo"))) {
    const making = mkdtempSync(join(tmpdir(), "ordo-making-"));
    execFileSync(join(built, "clinics"), [name, making]);
    rmSync(folder, { recursive: true, force: true });
    cpSync(making, folder, { recursive: true });
    rmSync(making, { recursive: true });
  }
  return folder;
}

/** Forgets a kept clinic, so that it is made anew by the maker as it is now. */
export function forget(name: ClinicName) {
  rmSync(join(kept, `${name}-${today()}`), { recursive: true, force: true });
}

/** A program that serves the window over a clinic. */
export class Program {
  private constructor(
    readonly folder: string,
    readonly address: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts over the clinic in `folder`; with nothing there, it begins with the first start. */
  static async over(folder: string): Promise<Program> {
    const home = mkdtempSync(join(tmpdir(), "ordo-home-"));
    const child = spawn(join(built, "examples", "bridge"), [folder, "0", "first-start"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, HOME: home, ORDO_KEY: "" },
    });
    const lines = createInterface({ input: child.stdout });
    const address = await new Promise<string>((found, failed) => {
      lines.once("line", found);
      child.once("exit", (code) => failed(new Error(`the bridge ended with ${code}`)));
      child.once("error", failed);
    });
    return new Program(folder, address, child);
  }

  /** Starts over a copy of a testkit's clinic that is nobody else's; without a name, where there is no clinic yet. */
  static async copyOf(name?: ClinicName): Promise<Program> {
    const folder = mkdtempSync(join(tmpdir(), "ordo-clinic-"));
    if (name) {
      cpSync(original(name), folder, { recursive: true });
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

  /** Ends it. */
  stop() {
    this.process.kill();
  }
}
