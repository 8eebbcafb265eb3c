import { useRef } from "react";

/**
 * A key for each of some items, so that what is drawn stays: whatever is still here keeps its key, and what is new
 * takes over that of something gone, whose elements then only change what differs.
 */
export function keptKeys(before: ReadonlyMap<string, number>, ids: readonly string[]): Map<string, number> {
  const here = new Set(ids);
  const free = [...before].filter(([id]) => !here.has(id)).map(([, key]) => key);
  let next = Math.max(-1, ...before.values()) + 1;
  let taken = 0;
  const keys = new Map<string, number>();
  for (const id of ids) {
    let key = before.get(id) ?? free[taken++];
    if (key === undefined) {
      key = next;
      next += 1;
    }
    keys.set(id, key);
  }
  return keys;
}

/** The keys of the cards of a column, kept from one day to the next. */
export function useKeptKeys(ids: readonly string[]): ReadonlyMap<string, number> {
  const last = useRef<ReadonlyMap<string, number>>(new Map());
  const shown = last.current;
  const isSame = shown.size === ids.length && ids.every((id) => shown.has(id));
  if (!isSame) {
    last.current = keptKeys(shown, ids);
  }
  return last.current;
}
