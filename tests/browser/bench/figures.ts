/** Figures: taking them in the page, and handing them to the table. */

import { type Page, test } from "@playwright/test";

/** Adds a line to the table; `goal` may be empty. */
export function figure(what: string, value: string, goal = "") {
  test.info().annotations.push({ type: "figure", description: JSON.stringify([what, value, goal]) });
}

export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const times = (one: number, other: number) => `${(one / other).toFixed(2)} ×`;

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Gives the page `painted()`, which waits until the next frame is drawn, and `timed()`, which times up to there. */
export async function readyToTime(page: Page) {
  await page.evaluate(() => {
    const painted = () =>
      new Promise<void>((done) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => done();
          channel.port2.postMessage(0);
        }),
      );
    const timed = async (action: () => void, isThere: () => boolean) => {
      await painted();
      const from = performance.now();
      action();
      do {
        await painted();
      } while (!isThere());
      return performance.now() - from;
    };
    Object.assign(window, { painted, timed });
  });
}

/**
 * How long the processor was at work for the page's main thread while something happened, in milliseconds: what else
 * runs on the machine does not count.
 */
export async function busy(page: Page, happening: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const before = await worked();
  await happening();
  const after = await worked();
  await session.detach();
  return after - before;
}

declare global {
  interface Window {
    painted: () => Promise<void>;
    timed: (action: () => void, isThere: () => boolean) => Promise<number>;
  }
}

/** The middle of the first visit that lies whole in sight with nothing above it. */
export async function inSight(page: Page, visit: string): Promise<[number, number]> {
  const found = await page.locator(visit).evaluateAll((visits) => {
    for (const each of visits) {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const corners = [
        document.elementFromPoint(left + 2, top + 2),
        document.elementFromPoint(right - 2, bottom - 2),
      ];
      if ([...corners, document.elementFromPoint(x, y)].every((under) => under && each.contains(under))) {
        return [x, y] as [number, number];
      }
    }
    return undefined;
  });
  if (!found) {
    throw new Error("no visit is in sight");
  }
  return found;
}
