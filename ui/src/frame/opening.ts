/** The way to the first picture: what it shows is asked for while the window is still being loaded. */

import type { QueryClient } from "@tanstack/react-query";

import { dayQuery, noticesQuery } from "../lib/queries";
import { askClock, currentDate } from "../lib/today";
import { sessionQuery } from "../session/queries";
import { firstStartQuery } from "../setup/queries";
import { tellLanguage } from "./language";
import { preferences, shownWeek } from "./preferences";

/**
 * Gets ready what the first picture shows: the answers, and the letters they are written in. `onAsked` is told once nothing
 * is left to be asked.
 */
export async function makeReady(client: QueryClient, onAsked: () => void) {
  const letters = lettersOf("");
  await askAhead(client, onAsked);
  await Promise.all([
    letters,
    lettersOf(JSON.stringify(client.getQueryData(dayQuery(currentDate().toString()).queryKey) ?? "")),
  ]);
}

/** Has the letters of a text ready; those of each script and weight lie in a file of their own. */
async function lettersOf(text: string) {
  const letters = [...new Set(`Aa${text}`)].join("");
  const weights = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 1em Inter`, letters));
  // Without them the system's letters stand in, so that nothing is lost but the look.
  await Promise.all(weights).catch(() => {});
}

/** Asks at once for what would else be asked for one after the other. */
export async function askAhead(client: QueryClient, onAsked: () => void = () => {}) {
  try {
    const [isFirst, session] = await Promise.all([
      client.ensureQueryData(firstStartQuery()),
      client.ensureQueryData(sessionQuery()),
      askClock(),
      tellLanguage(client, preferences()),
    ]);
    if (isFirst || session.must_sign_in) {
      return;
    }
    // Not waited for: a folder of backups may lie on a slow disk.
    void client.prefetchQuery(noticesQuery());
    if (!shownWeek(preferences())) {
      const day = client.prefetchQuery(dayQuery(currentDate().toString()));
      onAsked();
      await day;
    }
  } catch {
    // Whatever shows the answer asks again, and says why there is none.
  } finally {
    onAsked();
  }
}
