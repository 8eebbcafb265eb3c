import { useLayoutEffect } from "react";

import { type Preferences, usePreferences } from "./preferences";

const system = matchMedia("(prefers-color-scheme: dark)");

/** Marks the document with the language, and with the look that was chosen or that the system has. */
export function markDocument({ language, theme, density }: Preferences) {
  const isDark = theme === "dark" || (theme === "system" && system.matches);
  const root = document.documentElement;
  root.lang = `${language}-CA`;
  root.dataset.theme = isDark ? "dark" : "light";
  root.dataset.density = density;
}

/** Keeps the document marked as is chosen now, and as the system has it. */
export function useDocument() {
  const preferences = usePreferences();
  useLayoutEffect(() => {
    const mark = () => markDocument(preferences);
    mark();
    system.addEventListener("change", mark);
    return () => system.removeEventListener("change", mark);
  }, [preferences]);
}
