import { useLayoutEffect } from "react";

import type { Locale } from "../words/words";
import { type Preferences, usePreferences } from "./preferences";

const system = matchMedia("(prefers-color-scheme: dark)");

/** Marks the document with the language that is spoken, and with the look that was chosen or that the system has. */
export function markDocument(language: Locale, { theme, density }: Preferences) {
  const isDark = theme === "dark" || (theme === "system" && system.matches);
  mark("lang", `${language}-CA`);
  mark("data-theme", isDark ? "dark" : "light");
  mark("data-density", density);
}

/** Said again, the same would have a browser work out anew how the whole window looks. */
function mark(attribute: string, value: string) {
  const root = document.documentElement;
  if (root.getAttribute(attribute) !== value) {
    root.setAttribute(attribute, value);
  }
}

/** Keeps the document marked with the language that is spoken, and as is chosen now and as the system has it. */
export function useDocument(language: Locale) {
  const preferences = usePreferences();
  useLayoutEffect(() => {
    const markNow = () => markDocument(language, preferences);
    markNow();
    system.addEventListener("change", markNow);
    return () => system.removeEventListener("change", markNow);
  }, [language, preferences]);
}
