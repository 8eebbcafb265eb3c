/** What somebody has begun anywhere in the window and not saved, so that closing it can ask first. */

import { useEffect, useId, useSyncExternalStore } from "react";

import { followers } from "./followers";

const begun = new Set<string>();
const { follow, tell } = followers();

/** Notes whether what goes by a name is begun and not saved. */
export function noteUnsaved(name: string, isUnsaved: boolean) {
  if (begun.has(name) === isUnsaved) {
    return;
  }
  if (isUnsaved) {
    begun.add(name);
  } else {
    begun.delete(name);
  }
  tell();
}

/** The forms among it: what is in them is gone with the screen that they stand on. */
const forms = new Set<string>();

/** Counts a form as not saved for as long as it is shown and changed. */
export function useUnsaved(isChanged: boolean) {
  const name = useId();
  useEffect(() => {
    if (!isChanged) {
      return;
    }
    forms.add(name);
    noteUnsaved(name, true);
    return () => {
      forms.delete(name);
      noteUnsaved(name, false);
    };
  }, [name, isChanged]);
}

/** Whether anything would be lost by showing another screen. */
export const isFormBegun = (): boolean => forms.size > 0;

/** Whether anything is begun and not saved. */
export const isUnsaved = (): boolean => begun.size > 0;

/** Whether anything is begun and not saved, followed. */
export const useIsUnsaved = (): boolean => useSyncExternalStore(follow, isUnsaved);
