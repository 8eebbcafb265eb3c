import { useLayoutEffect } from "react";

import { type Preferences, usePreferences } from "./preferences";

const system = matchMedia("(prefers-color-scheme: dark)");

/** Marks the document with the language, and with the look that was chosen or that the system has. */
export function markDocument({ language, theme, density }: Preferences) {
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

/** Keeps the document marked as is chosen now, and as the system has it. */
export function useDocument() {
  const preferences = usePreferences();
  useLayoutEffect(() => {
    const markNow = () => markDocument(preferences);
    markNow();
    system.addEventListener("change", markNow);
    return () => system.removeEventListener("change", markNow);
  }, [preferences]);
}
