/** Parts of the window that are loaded when they are first wanted, so that the first picture waits for none of them. */

import { type ComponentType, useEffect, useLayoutEffect, useState } from "react";

import { takesText } from "../lib/shortcuts";
import { useDrawn } from "./in-pieces";
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

/** Makes a part that opens over what is there or beside it, such as a dialog; it is drawn in pieces. */
export function overlay<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return made(load, Nothing, parts.calm);
}

/**
 * As [`overlay`], for a part that takes letters from the key that opens it on. It is loaded as soon as the first picture
 * stands; what a quicker hand types before it is here waits for it.
 */
export function atOnce<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  return made(load, Letters, parts.urgent);
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
    const isScreen = Pending === Loading;
    const isDrawn = useDrawn(isHere, isHere && isScreen, !isScreen);
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

/** What stands in the place of a dialog that is on its way. */
const Nothing = () => null;

/** Keeps letters that are meant for a part on its way from being taken for shortcuts, and types them once it is here. */
function Letters() {
  useLayoutEffect(() => {
    let typed = "";
    const hold = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      typed += event.key.length === 1 ? event.key : "";
    };
    const release = () => window.removeEventListener("keydown", hold, true);
    window.addEventListener("keydown", hold, true);
    return () => {
      if (!typed) {
        release();
        return;
      }
      // By then the part has put the keyboard where it wants it; what is typed until then keeps its place in the row.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          release();
          type(typed);
        }),
      );
    };
  }, []);
  return null;
}

function type(typed: string) {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement && takesText(field)) {
    const { selectionStart, selectionEnd, value } = field;
    const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length];
    // As the web view itself types: past the wrapper by which React knows what it has put there.
    const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    put?.call(field, value.slice(0, from) + typed + value.slice(to));
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
