/** Parts of the window that are loaded when they are first wanted, so that the first picture waits for none of them. */

import { type ComponentType, useDeferredValue, useEffect, useState } from "react";

import { HeldKeys } from "./held-keys";
import { Failure, Loading } from "./state";

/** A part that is loaded when it is first shown, or ahead of that. */
export type Later<Props> = ComponentType<Props> & {
  /** Loads it before it is shown. */
  ahead: () => Promise<void>;
};

/** All parts that may be loaded ahead of time: those that nobody may wait for, and the others. */
const parts: Record<"urgent" | "calm", (() => Promise<void>)[]> = { urgent: [], calm: [] };

/** Makes a part of what a module gives; that it is on its way is said in its place until the module is here. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return made(load, Loading, parts.calm);
}

/**
 * Makes a part that opens over what is there, such as a dialog. It is drawn in pieces, so that the window answers while
 * something large opens; keys that are pressed before it is here wait for it.
 */
export function overlay<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return made(load, HeldKeys, parts.calm);
}

/** As [`overlay`], for a part that takes letters from the key that opens it on: loaded once the first picture stands. */
export function atOnce<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return made(load, HeldKeys, parts.urgent);
}

function made<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Pending: ComponentType,
  among: (() => Promise<void>)[],
): Later<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const ahead = () => {
    loading ??= load().then(
      (part) => {
        Loaded = part;
      },
      (error: unknown) => {
        // Asked again, it is loaded again.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  among.push(ahead);
  const Part = (props: Props) => {
    const [, setTurn] = useState(0);
    const [error, setError] = useState<Error>();
    const isHere = Loaded !== undefined;
    useEffect(() => {
      let isShown = true;
      if (!isHere && !error) {
        ahead().then(
          () => isShown && setTurn((turn) => turn + 1),
          (fault) => isShown && setError(fault instanceof Error ? fault : new Error(String(fault))),
        );
      }
      return () => {
        isShown = false;
      };
    }, [isHere, error]);
    // A screen that is here already takes the place of the one before as it is, with nothing in between.
    const isDrawn = useDeferredValue(isHere, isHere && Pending === Loading);
    if (Loaded && isDrawn) {
      return <Loaded {...props} />;
    }
    return error ? <Failure error={error} onRetry={() => setError(undefined)} /> : <Pending />;
  };
  return Object.assign(Part, { ahead });
}

/** How long the first picture has the computer for itself before what is not urgent is loaded, in milliseconds. */
const REST = 500;

async function loadAll(among: readonly (() => Promise<void>)[]) {
  for (const ahead of among) {
    await ahead().catch(() => {
      // It is told where the part is wanted.
    });
  }
}

/** Loads every part once the first picture stands, so that none keeps anybody waiting when it is wanted. */
export function useLoadedAhead() {
  useEffect(() => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    // A frame is asked for before it is painted, so that what comes after it comes after the picture.
    const frame = requestAnimationFrame(() => timers.push(setTimeout(() => loadAll(parts.urgent))));
    timers.push(setTimeout(() => loadAll([...parts.urgent, ...parts.calm]), REST));
    return () => {
      cancelAnimationFrame(frame);
      timers.forEach(clearTimeout);
    };
  }, []);
}
