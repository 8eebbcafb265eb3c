/** The series that is being planned, kept while other screens are looked at; nothing of it outlives the window. */

import { useSyncExternalStore } from "react";

import type { PlacedSession, ProposedVisit, SeriesAsk, SessionName } from "../lib/api";
import { followers } from "../lib/followers";
import { noteUnsaved } from "../lib/unsaved";

/** Visits of a proposal that the day board shows as well. */
export interface Ghosts {
  /** The patient's identifier. */
  patient: string;
  /** What the proposal is best for. */
  title: string;
  visits: ProposedVisit[];
}

/** A question in the making, and the way back from each change. */
export interface Draft {
  ask: SeriesAsk;
  /** The question as it began. */
  initial: SeriesAsk;
  /** Earlier questions, the last one last. */
  past: SeriesAsk[];
  /** One name for everything that this draft books, so that pressing twice books once. */
  request: string;
  ghosts?: Ghosts;
  /** The series that was booked of it. */
  booked?: { series: string; visits: number; first: string | undefined };
}

let current: Draft | undefined;
const { follow, tell } = followers();

function put(next: Draft | undefined) {
  current = next;
  noteUnsaved("series", next !== undefined && next.past.length > 0 && !next.booked);
  tell();
}

/** The draft as it is now, followed. */
export function useDraft(): Draft | undefined {
  return useSyncExternalStore(follow, () => current);
}

/** A question about a patient of whom nothing is said yet. */
export const blankAsk = (patient: string): SeriesAsk => ({
  patient,
  series: null,
  conditions: [],
  needs: [],
  sensitivities: [],
  first: null,
  only: null,
  frequency: null,
  weeks: 6,
  services: [],
  practitioners: [],
  availability: null,
  earliest: null,
  tolerance_days: null,
  max_wait_minutes: null,
  within_cover: false,
  pins: [],
  left_out: [],
});

/** Begins a draft with a question; what was there before is forgotten. */
export function begin(ask: SeriesAsk) {
  put({ ask, initial: ask, past: [], request: crypto.randomUUID() });
}

/** Forgets the draft. */
export const forget = () => put(undefined);

/** Asks something else; the question before can be taken back to. */
export function askNext(ask: SeriesAsk) {
  if (current) {
    put({ ...current, ask, past: [...current.past, current.ask] });
  }
}

/** Goes back by one change; says whether there was any. */
export function takeBack(): boolean {
  const before = current?.past.at(-1);
  if (!current || !before || current.booked) {
    return false;
  }
  put({ ...current, ask: before, past: current.past.slice(0, -1) });
  return true;
}

/** Shows the visits of a proposal on the board, or no longer. */
export function haunt(ghosts: Ghosts | undefined) {
  if (current) {
    const { ghosts: _, ...rest } = current;
    put(ghosts ? { ...rest, ghosts } : rest);
  }
}

/** Notes what was booked of the draft. */
export function noteBooked(booked: NonNullable<Draft["booked"]>) {
  if (current) {
    const { ghosts: _, ...rest } = current;
    put({ ...rest, booked });
  }
}

/** Goes back to planning when what was booked is taken back; booking it again is another deed. */
export function noteUnbooked(series: string) {
  if (current?.booked?.series === series) {
    const { booked: _, ...rest } = current;
    put({ ...rest, request: crypto.randomUUID() });
  }
}

/** Whether two names are of one visit. */
export const isSame = (one: SessionName, two: SessionName) =>
  one.discipline === two.discipline && one.week === two.week;

/** Keeps a visit where it is put. */
export const withPin = (ask: SeriesAsk, pin: PlacedSession): SeriesAsk => ({
  ...ask,
  pins: [...ask.pins.filter(({ session }) => !isSame(session, pin.session)), pin],
});

/** Lets a visit be planned again: neither pinned nor left out. */
export const released = (ask: SeriesAsk, released: SessionName): SeriesAsk => ({
  ...ask,
  pins: ask.pins.filter(({ session }) => !isSame(session, released)),
  left_out: ask.left_out.filter((session) => !isSame(session, released)),
});

/** Does without a visit. */
export const without = (ask: SeriesAsk, session: SessionName): SeriesAsk => ({
  ...released(ask, session),
  left_out: [...ask.left_out.filter((other) => !isSame(other, session)), session],
});

/** Whether anything was changed by hand or tried. */
export const isEdited = ({ ask, initial }: Draft) =>
  ask.pins.length > 0 ||
  ask.left_out.length > 0 ||
  ask.tolerance_days !== initial.tolerance_days ||
  ask.max_wait_minutes !== initial.max_wait_minutes ||
  ask.within_cover !== initial.within_cover;

/** The question without anything that was changed by hand or tried. */
export const unedited = ({ ask, initial }: Draft): SeriesAsk => ({
  ...ask,
  pins: [],
  left_out: [],
  tolerance_days: initial.tolerance_days,
  max_wait_minutes: initial.max_wait_minutes,
  within_cover: initial.within_cover,
});
