/** What keeps the window in step with the clinic's journal: taking back, and changes made elsewhere. */

import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

import { type Change, ClinicError, redo, undo } from "../lib/api";
import { isBehind } from "../lib/errors";
import { followers } from "../lib/followers";
import { afterChange, isChangedElsewhere, readAgain } from "../lib/refresh";
import { type Message, tell } from "./toasts";

/** Taking a change back, and making it again; a toast says which it was. Without a number it is the last one's turn. */
export function useUndo() {
  const t = useTranslations("frame");
  const client = useQueryClient();
  const turn = useCallback(
    async (change: () => Promise<Change>, action?: { label: string; onPress: () => void }) => {
      let made: Change;
      try {
        made = await change();
      } catch (error) {
        // Where there is nothing to take back the keys for it were pressed in passing, and nothing is lost by that.
        const isPassing = error instanceof ClinicError && error.code === "cannot-undo";
        tell({ text: error instanceof Error ? error.message : String(error), isFault: true, isPassing });
        return;
      }
      tell({ text: said(made), ...(action && { action }) });
      await keepUp(client, made.entry);
    },
    [client],
  );
  const again = useCallback((entry?: number) => void turn(() => redo(entry)), [turn]);
  const back = useCallback(
    (entry?: number) => void turn(() => undo(entry), { label: t("redo"), onPress: () => again(entry) }),
    [turn, again, t],
  );
  return { undo: back, redo: again };
}

/** Does something to the clinic, says what was done and offers to take just that back. */
export function useDeed() {
  const t = useTranslations("frame");
  const client = useQueryClient();
  const { undo: back } = useUndo();
  return useCallback(
    async (deed: () => Promise<Change>): Promise<boolean> => {
      let change: Change;
      try {
        change = await deed();
      } catch (error) {
        tell({ text: error instanceof Error ? error.message : String(error), isFault: true });
        return false;
      }
      const { entry } = change;
      const action = entry !== null && { action: { label: t("undo"), onPress: () => back(entry) } };
      tell({ text: said(change), ...action });
      await keepUp(client, entry);
      return true;
    },
    [client, back, t],
  );
}

/** What was done, and to whom. */
export function said({ words, patient }: Change): Message["text"] {
  return (shown) => (patient ? [words, ", ", shown(patient)] : words);
}

/** Reads everything again after a change. What is done is done: where this fails it is told, and done at the next look. */
export async function keepUp(client: QueryClient, entry: number | null = null): Promise<void> {
  try {
    await afterChange(client, entry);
  } catch (error) {
    isAway = true;
    publishTrouble(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Whether what is on screen may be out of date. */
let isAway = false;

/** Whether something on screen is older than the clinic and nobody is asking for it. */
const isOwed = ({ state }: Query) => state.fetchStatus === "idle" && isBehind(state);

/** How often other programs' changes are looked for, in milliseconds. */
const LOOK_EVERY = 1000;

/** Reads everything on screen again when another program has changed the clinic, and what could not be read then. */
export function useRefresh() {
  const client = useQueryClient();
  useEffect(() => {
    isAway = false;
    let isAsking = false;
    const look = async () => {
      // A database that is locked answers late; more questions would only queue up behind it.
      if (isAsking) {
        return;
      }
      isAsking = true;
      try {
        const isOther = await isChangedElsewhere(client);
        await readAgain(client, isAway || isOther ? {} : { predicate: isOwed });
        isAway = false;
        publishTrouble(undefined);
      } catch (error) {
        // Before the first start there is no clinic, and that is no trouble.
        const isNone = error instanceof ClinicError && error.code === "no-clinic";
        if (error instanceof ClinicError && error.code === "signed-out") {
          await readAgain(client, { queryKey: ["session"] });
          return;
        }
        isAway = true;
        publishTrouble(error instanceof Error && !isNone ? error : undefined);
      } finally {
        isAsking = false;
      }
    };
    void look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [client]);
}

let trouble: Error | undefined;
const { follow: followTrouble, tell: tellTrouble } = followers();

function publishTrouble(next: Error | undefined) {
  if (trouble?.message !== next?.message) {
    trouble = next;
    tellTrouble();
  }
}

/** Why the clinic cannot be read at the moment; nothing while it can. */
export const useTrouble = (): Error | undefined => useSyncExternalStore(followTrouble, () => trouble);
