import { useEffect } from "react";

import { usePreferences } from "./preferences";

/** Marks the document with the language, and with the look that was chosen or that the system has. */
export function useDocument() {
  const { language, theme, density } = usePreferences();
  useEffect(() => {
    document.documentElement.lang = `${language}-CA`;
  }, [language]);
  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const isDark = theme === "dark" || (theme === "system" && system.matches);
      document.documentElement.dataset.theme = isDark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [theme]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
}
