/** What one person chose for the look of the window on this computer; nothing about the clinic. */

import { useSyncExternalStore } from "react";

import type { Locale } from "../words/words";

/** The choices, as they are kept. */
export interface Preferences {
  language: Locale;
  theme: "system" | "light" | "dark";
  /** Names are shown as initials. */
  isPrivate: boolean;
  /** Pixels for an hour of the day board. */
  hourHeight: number;
  /** Practitioners that the day board leaves out, by identifier. */
  hiddenPractitioners: string[];
}

const place = "ordo.preferences";

const standard = (): Preferences => ({
  language: navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en",
  theme: "system",
  isPrivate: false,
  hourHeight: 72,
  hiddenPractitioners: [],
});

let current: Preferences | undefined;
const listeners = new Set<() => void>();

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
  for (const listener of listeners) {
    listener();
  }
}

/** The choices, followed. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(follow, preferences);
}

function follow(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
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
  const [language, theme, isPrivate, hourHeight, hidden] = [
    read("language"),
    read("theme"),
    read("isPrivate"),
    read("hourHeight"),
    read("hiddenPractitioners"),
  ];
  return {
    ...((language === "en" || language === "fr") && { language }),
    ...((theme === "system" || theme === "light" || theme === "dark") && { theme }),
    ...(typeof isPrivate === "boolean" && { isPrivate }),
    ...(typeof hourHeight === "number" && hourHeight >= 40 && hourHeight <= 240 && { hourHeight }),
    ...(Array.isArray(hidden) && {
      hiddenPractitioners: hidden.filter((id): id is string => typeof id === "string"),
    }),
  };
}

/** Forgets what was read, for tests. */
export function forgetPreferences() {
  current = undefined;
}
