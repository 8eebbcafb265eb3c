/** The catalogues of the window's own words; what the program words itself arrives in the chosen language. */

import en from "./en.json";
import fr from "./fr.json";

/** A language of the window. */
export type Locale = "en" | "fr";

/** Every word in every language; the French catalogue has the keys of the English one. */
export const catalogues: Record<Locale, typeof en> = { en, fr };

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}
