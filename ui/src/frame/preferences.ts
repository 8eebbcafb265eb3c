/** What one person chose for the look of the window on this computer; nothing about the clinic. */

import { useSyncExternalStore } from "react";

import { followers } from "../lib/followers";
import type { Locale } from "../words/words";

/** The choices, as they are kept. */
export interface Preferences {
  language: Locale;
  theme: "system" | "light" | "dark";
  /** How English writes the time of day; French always counts to 24. */
  clock: "24" | "12";
  /** Names are shown as initials. */
  isPrivate: boolean;
  /** Pixels for an hour of the day board. */
  hourHeight: number;
  /** How large everything is written. */
  density: Density;
  /** Practitioners that the day board leaves out, by identifier. */
  hiddenPractitioners: string[];
  /** Disciplines that the board shows faintly, and whose practitioners it leaves out, by identifier. */
  hiddenDisciplines: string[];
  /** Rooms whose visits the board shows faintly, by identifier. */
  hiddenRooms: string[];
  /** Whether the board shows a week; else the day of everybody. */
  isWeek: boolean;
  /** Whose week it shows, or showed last. */
  weekOf: WeekOf | null;
  /** The service that free time was last looked for, by identifier. */
  freeService: string;
}

/** Whose week the board shows now; none while it shows the day of everybody. */
export const shownWeek = ({ isWeek, weekOf }: Preferences): WeekOf | null => (isWeek ? weekOf : null);

/** How large everything is written. */
export type Density = "compact" | "comfortable";

/** Whose week the board shows. */
export interface WeekOf {
  kind: "practitioner" | "room";
  id: string;
}

const place = "ordo.preferences";

const standard = (): Preferences => ({
  language: navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en",
  theme: "system",
  clock: "24",
  isPrivate: false,
  hourHeight: 96,
  density: "compact",
  hiddenPractitioners: [],
  hiddenDisciplines: [],
  hiddenRooms: [],
  isWeek: false,
  weekOf: null,
  freeService: "",
});

let current: Preferences | undefined;
const { follow, tell } = followers();

/** The choices as they are now. */
export function preferences(): Preferences {
  if (!current) {
    current = { ...standard(), ...kept() };
  }
  return current;
}

/** Chooses something and keeps it. */
export function choose(changes: Partial<Preferences>) {
  current = { ...preferences(), ...changes };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // A full or forbidden storage loses a choice of looks at the next start, nothing else.
  }
  tell();
}

/** The choices, followed. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(follow, preferences);
}

function kept(): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place) ?? "{}");
    return value instanceof Object ? known(value) : {};
  } catch {
    return {};
  }
}

/** Takes only what is of the right kind; what an older or newer window kept is left out. */
function known(value: object): Partial<Preferences> {
  const read = (key: keyof Preferences): unknown => Reflect.get(value, key);
  const [language, theme, clock, isPrivate, isWeek, hourHeight, density, freeService] = [
    read("language"),
    read("theme"),
    read("clock"),
    read("isPrivate"),
    read("isWeek"),
    read("hourHeight"),
    read("density"),
    read("freeService"),
  ];
  const weekOf = knownWeek(read("weekOf"));
  return {
    ...((language === "en" || language === "fr") && { language }),
    ...((theme === "system" || theme === "light" || theme === "dark") && { theme }),
    ...((clock === "24" || clock === "12") && { clock }),
    ...(typeof isPrivate === "boolean" && { isPrivate }),
    ...(typeof isWeek === "boolean" && { isWeek }),
    ...(typeof hourHeight === "number" && hourHeight >= 40 && hourHeight <= 240 && { hourHeight }),
    ...((density === "compact" || density === "comfortable") && { density }),
    ...(typeof freeService === "string" && { freeService }),
    ...(weekOf && { weekOf }),
    ...knownLists(read),
  };
}

function knownWeek(value: unknown): WeekOf | undefined {
  if (!(value instanceof Object)) {
    return undefined;
  }
  const [kind, id]: unknown[] = [Reflect.get(value, "kind"), Reflect.get(value, "id")];
  return (kind === "practitioner" || kind === "room") && typeof id === "string" ? { kind, id } : undefined;
}

function knownLists(read: (key: keyof Preferences) => unknown): Partial<Preferences> {
  const lists: Partial<Preferences> = {};
  for (const key of ["hiddenPractitioners", "hiddenDisciplines", "hiddenRooms"] as const) {
    const list = read(key);
    if (Array.isArray(list)) {
      lists[key] = list.filter((id): id is string => typeof id === "string");
    }
  }
  return lists;
}

/** Forgets what was read, for tests. */
export function forgetPreferences() {
  current = undefined;
}
