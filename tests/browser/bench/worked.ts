/** What the processor did for single tasks of a page's main thread, as a trace of the browser tells. */

import type { Browser, Page } from "@playwright/test";

/** A task by the page's own clock, in milliseconds. */
export interface Task {
  start: number;
  duration: number;
}

/** An event of a trace; times in microseconds. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** As `ts` and `dur`, in the time that its thread was at work. */
  tts?: number;
  tdur?: number;
  args: { data?: { startTime?: number } };
}

const MARK = "traced from here";
/** How far apart the page and the trace may put the same moment, in microseconds. */
const APART = 5000;

/** Begins to trace a page that is not opened yet. */
export async function beginTrace(browser: Browser, page: Page) {
  await page.addInitScript((mark) => performance.mark(mark), MARK);
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
}

/**
 * Ends the trace; gives what tells how long the processor was at work for a task, in milliseconds: while something else
 * that runs on the machine has the processor, a task lasts by the clock and takes nothing. The trace does not hold every
 * task, so it is what was done between the one before and the one after.
 */
export async function endTrace(browser: Browser): Promise<(task: Task) => number> {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const mark = traceEvents.findLast(({ name }) => name === MARK);
  const markedAt = mark?.args.data?.startTime;
  if (mark === undefined || markedAt === undefined) {
    throw new Error("the trace does not tell when the page was opened");
  }
  const traced = traceEvents
    .filter(
      ({ name, pid, tid, tts }) => name.endsWith("RunTask") && pid === mark.pid && tid === mark.tid && tts,
    )
    .map(({ ts, dur = 0, tts = 0, tdur = 0 }) => ({
      from: ts,
      to: ts + dur,
      workFrom: tts,
      workTo: tts + tdur,
    }));
  return ({ start, duration }) => {
    const from = mark.ts + (start - markedAt) * 1000;
    const to = from + duration * 1000;
    const before = Math.max(...traced.filter((each) => each.to <= from + APART).map(({ workTo }) => workTo));
    const after = Math.min(
      ...traced.filter((each) => each.from >= to - APART).map(({ workFrom }) => workFrom),
    );
    return Math.min(duration, (after - before) / 1000);
  };
}
