/** What somebody has begun to change of the clinic and not saved; it survives a look at another screen. */

import { useSyncExternalStore } from "react";

import { followers } from "../lib/followers";
import { noteUnsaved } from "../lib/unsaved";

interface Draft {
  original: unknown;
  edited: unknown;
}

const drafts = new Map<string, Draft>();
const { follow, tell } = followers();
let version = 0;

function changed() {
  version += 1;
  noteUnsaved("setup", drafts.size > 0);
  tell();
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Something as it is being edited: as it was when the editing began, as it is now, and the ways on. */
export function useDraft<Part>(key: string, present: Part) {
  useSyncExternalStore(follow, () => version);
  const draft = drafts.get(key) as { original: Part; edited: Part } | undefined;
  const put = (original: Part, edited: Part) => {
    if (same(original, edited)) {
      drafts.delete(key);
    } else {
      drafts.set(key, { original, edited });
    }
    changed();
  };
  return {
    original: draft?.original ?? present,
    edited: draft?.edited ?? present,
    isChanged: draft !== undefined,
    edit: (edited: Part) => put(draft?.original ?? present, edited),
    /** Goes on from what somebody else has made of it. */
    rebase: put,
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

/** Forgets everything begun. */
export function forgetDrafts() {
  drafts.clear();
  changed();
}
