import type { FullResult, Reporter, TestCase, TestError, TestResult } from "@playwright/test/reporter";

/** Prints the figures of every bench as one table, as the other benches do. */
export default class TableReporter implements Reporter {
  private readonly rows: [string, string, string][] = [];

  onTestEnd({ title }: TestCase, { annotations, errors }: TestResult) {
    for (const { type, description } of annotations) {
      if (type === "figure") {
        this.rows.push(JSON.parse(description ?? ""));
      }
    }
    for (const error of errors) {
      process.stderr.write(`${title}: `);
      this.onError(error);
    }
  }

  onError({ message, stack }: TestError) {
    process.stderr.write(`${stack ?? message}\n`);
  }

  onEnd(_: FullResult) {
    const wide = (column: 0 | 1) => Math.max(0, ...this.rows.map((row) => row[column].length));
    for (const [what, value, goal] of this.rows) {
      process.stdout.write(`${what.padEnd(wide(0))}  ${value.padStart(wide(1))}  ${goal}\n`);
    }
  }

  printsToStdio() {
    return true;
  }
}
