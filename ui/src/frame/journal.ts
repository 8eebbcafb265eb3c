/** What keeps the window in step with the clinic's journal: taking back, and changes made elsewhere. */

import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

import { type Change, ClinicError, redo, undo } from "../lib/api";
import { isBehind } from "../lib/errors";
import { followers } from "../lib/followers";
import { afterChange, isChangedElsewhere, readAgain } from "../lib/refresh";
import { endOffers, type Message, type Offer, offers, tell, tellFault } from "./toasts";

/** Taking a change back, and making it again; a toast says which it was. Without a number it is the last one's turn. */
export function useUndo() {
  const t = useTranslations("frame");
  const client = useQueryClient();
  const turn = useCallback(
    async (done: Offer, change: () => Promise<Change>, action?: Message["action"]) => {
      let made: Change;
      try {
        made = await change();
      } catch (error) {
        // Where there is nothing to take back the keys for it were pressed in passing, and nothing is lost by that.
        const isPassing = error instanceof ClinicError && error.code === "cannot-undo";
        tell({ text: error instanceof Error ? error.message : String(error), isFault: true, isPassing });
        return;
      }
      endAfterTurn(done);
      tell({ text: said(made), ...(action && { action }) });
      await keepUp(client, made.entry);
    },
    [client],
  );
  const again = useCallback(
    (entry?: number) => void turn({ turn: "redo", entry }, () => redo(entry)),
    [turn],
  );
  const back = useCallback(
    (entry?: number) =>
      void turn({ turn: "undo", entry }, () => undo(entry), {
        label: t("redo"),
        onPress: () => again(entry),
        offer: { turn: "redo", entry },
      }),
    [turn, again, t],
  );
  return { undo: back, redo: again };
}

/**
 * Ends what toasts offer once a change was taken back or made again: the same turn, and what would now be the turn of
 * another change.
 */
function endAfterTurn({ turn, entry }: Offer) {
  const standing = offers().filter((offer) => offer.turn === turn);
  const done = entry === undefined ? standing[0] : standing.find((offer) => offer.entry === entry);
  endOffers((offer) => offer === done || (offer.turn === "redo" && offer.entry === undefined));
}

/**
 * Says that a change is made and offers to take just that back. What was taken back before cannot be made again after it,
 * nor can the record's change before it be taken back.
 */
export function useTellDone() {
  const t = useTranslations("frame");
  const { undo: back } = useUndo();
  return useCallback(
    (text: Message["text"], { entry, id: about }: { entry: number | null; id?: string | undefined }) => {
      if (entry === null) {
        tell({ text });
        return;
      }
      endOffers((offer) => offer.turn === "redo" || (about !== undefined && offer.about === about));
      tell({
        text,
        action: { label: t("undo"), onPress: () => back(entry), offer: { turn: "undo", entry, about } },
      });
    },
    [t, back],
  );
}

/** Does something to the clinic, to one record of it where that is named; says what was done and offers to take it back. */
export function useDeed() {
  const client = useQueryClient();
  const tellDone = useTellDone();
  return useCallback(
    async (deed: () => Promise<Change>, id?: string): Promise<boolean> => {
      let change: Change;
      try {
        change = await deed();
      } catch (error) {
        tellFault(error);
        return false;
      }
      tellDone(said(change), { entry: change.entry, id });
      await keepUp(client, change.entry);
      return true;
    },
    [client, tellDone],
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
