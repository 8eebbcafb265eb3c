/** What is on screen, read again once the clinic has changed: by this window or by another program. */

import {
  type FetchQueryOptions,
  isCancelledError,
  type QueryClient,
  type QueryFilters,
  type QueryKey,
} from "@tanstack/react-query";

import { lastChange } from "./api";

/**
 * Reads again what was read. An answer that is still on its way may have been given before the change, and would
 * count as fresh once it is here: it is not waited for.
 */
export async function readAgain(client: QueryClient, which: QueryFilters = {}): Promise<void> {
  await client.cancelQueries(which);
  await client.invalidateQueries(which);
}

/**
 * Reads everything again after a change of this window's own, whose number is `entry` where it has one; looking for
 * other programs' changes finds none in it.
 */
export async function afterChange(client: QueryClient, entry: number | null = null): Promise<void> {
  const before = heard.get(client)?.newest;
  const isNamed = entry !== null && before !== undefined;
  if (isNamed && entry <= before) {
    // Such a look came between the change and word of it, and has everything read again already.
    return;
  }
  // Asked before anything is read: what is read then holds at least every change up to this number.
  const isNews = await isChangedElsewhere(client).catch(() => {
    // Whoever looks for other programs' changes tells why the clinic cannot be read.
    return true;
  });
  // Where a change with a number is no news, such a look has heard of it meanwhile.
  if (isNews || !isNamed) {
    await readAgain(client);
  }
}

/** How far a window has heard of the clinic's changes. */
interface Heard {
  /** The number of the newest change. */
  newest?: number;
  /** How often it was asked for, and which time was answered last. */
  asked: number;
  answered: number;
}

const heard = new WeakMap<QueryClient, Heard>();

/** Asks for the number of the newest change; whether it is another than the one that was heard last. */
export async function isChangedElsewhere(client: QueryClient): Promise<boolean> {
  const here = heard.get(client) ?? { asked: 0, answered: 0 };
  heard.set(client, here);
  here.asked += 1;
  const turn = here.asked;
  const newest = await lastChange();
  // Overtaken by a later question, it tells of a time that is past.
  if (turn < here.answered) {
    return false;
  }
  const isOther = here.newest !== undefined && here.newest !== newest;
  here.newest = newest;
  here.answered = turn;
  return isOther;
}

/** Asks something once, and again where what was on its way was given up for being older than a change. */
export async function askOnce<Answer, Key extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<Answer, Error, Answer, Key>,
): Promise<Answer> {
  for (;;) {
    try {
      return await client.fetchQuery(query);
    } catch (error) {
      if (!isCancelledError(error)) {
        throw error;
      }
    }
  }
}
