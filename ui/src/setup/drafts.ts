/** What somebody has begun to change of the clinic and not saved; it survives a look at another screen. */

import { useSyncExternalStore } from "react";

import type { ClinicPart } from "../lib/api";

interface Draft {
  original: ClinicPart;
  edited: ClinicPart;
}

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
let version = 0;

function changed() {
  version += 1;
  for (const listener of listeners) {
    listener();
  }
}

function follow(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const same = (one: ClinicPart, other: ClinicPart) => JSON.stringify(one) === JSON.stringify(other);

/** A part as it is being edited: as it was when the editing began, as it is now, and the ways on. */
export function useDraft(key: string, present: ClinicPart) {
  useSyncExternalStore(follow, () => version);
  const draft = drafts.get(key);
  return {
    original: draft?.original ?? present,
    edited: draft?.edited ?? present,
    isChanged: draft !== undefined,
    edit: (edited: ClinicPart) => {
      const original = draft?.original ?? present;
      if (same(original, edited)) {
        drafts.delete(key);
      } else {
        drafts.set(key, { original, edited });
      }
      changed();
    },
    discard: () => {
      drafts.delete(key);
      changed();
    },
  };
}

/** Whether a part has changes that are not saved. */
export function useHasDraft() {
  useSyncExternalStore(follow, () => version);
  return (key: string) => drafts.has(key);
}

/** Forgets everything begun, for tests. */
export function forgetDrafts() {
  drafts.clear();
  changed();
}
