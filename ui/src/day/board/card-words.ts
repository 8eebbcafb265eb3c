import { createContext, useContext, useMemo } from "react";
import { useTranslations } from "use-intl";

import { usePreferences } from "../../frame/preferences";
import type { DayAppointment } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { useAppointmentWords, useNames } from "../../lib/words";
import { type Mark, useMarks } from "./marks";
import { shortRooms } from "./place-line";

/** What cards say and how large, the same for every card of a board: hundreds of cards ask for nothing themselves. */
export interface CardWords {
  density: "compact" | "comfortable";
  /** A whole visit in a sentence. */
  visit: (appointment: DayAppointment) => string;
  name: (name: string) => string;
  starts: (minute: number) => string;
  stretch: ReturnType<typeof useTimes>["shortStretch"];
  /** The rooms in short, by their names. */
  shortRooms: ReadonlyMap<string, string>;
  marks: (appointment: DayAppointment) => Mark[];
  /** Which of its series a visit is, in words. */
  position: (position: { number: number; of: number }) => string;
}

/** The words of cards; the same until the language, the clock or what may be shown changes. */
export function useCardWordsMade(rooms: readonly { name: string }[]): CardWords {
  const { density, clock, isPrivate } = usePreferences();
  const t = useTranslations("visit");
  const sentence = useAppointmentWords();
  const name = useNames();
  const { shortTime, shortStretch } = useTimes();
  const marks = useMarks();
  const names = rooms.map(({ name }) => name).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest follows from these, and is new each time.
  return useMemo(() => {
    const said = new WeakMap<DayAppointment, string>();
    return {
      density,
      visit: (appointment) => {
        const words = said.get(appointment) ?? sentence(appointment);
        said.set(appointment, words);
        return words;
      },
      name,
      starts: shortTime,
      stretch: shortStretch,
      shortRooms: shortRooms(names.split("\n")),
      marks,
      position: ({ number, of }) => t("position", { number, of }),
    };
  }, [t, density, clock, isPrivate, names]);
}

export const CardWordsContext = createContext<CardWords | undefined>(undefined);

/** The words of the cards of the board around. */
export function useCardWords(): CardWords {
  const words = useContext(CardWordsContext);
  if (!words) {
    throw new Error("a card stands outside a board");
  }
  return words;
}
