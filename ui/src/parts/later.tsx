/** Parts of the window that are loaded when they are first wanted, so that the first picture waits for none of them. */

import { type ComponentType, useEffect, useState } from "react";

import { Failure, Loading } from "./state";

/** A part that is loaded when it is first shown, or ahead of that. */
export type Later<Props> = ComponentType<Props> & {
  /** Loads it before it is shown; once it is loaded it appears in the same picture as what it is part of. */
  ahead: () => Promise<void>;
};

/** All parts that may be loaded ahead of time. */
const parts: (() => Promise<void>)[] = [];

/**
 * Makes a part of what a module gives; `Pending` stands in its place until the module is here. Never of what takes letters
 * from the key that opens it on: those that are typed before it is here would be lost, or taken for shortcuts.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Pending: ComponentType = Loading,
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
  parts.push(ahead);
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
    if (Loaded) {
      return <Loaded {...props} />;
    }
    return error ? <Failure error={error} onRetry={() => setError(undefined)} /> : <Pending />;
  };
  return Object.assign(Part, { ahead });
}

/** How long the first picture has the computer for itself, in milliseconds. */
const REST = 500;

/** Loads every part once the first picture stands, so that none keeps anybody waiting when it is wanted. */
export function useLoadedAhead() {
  useEffect(() => {
    const timer = setTimeout(async () => {
      for (const ahead of parts) {
        await ahead().catch(() => {
          // It is told where the part is wanted.
        });
      }
    }, REST);
    return () => clearTimeout(timer);
  }, []);
}

/** What stands in the place of a dialog that is on its way. */
export const Nothing = () => null;
