/** Which screen is shown, and of what. */

import { createContext, type ReactNode, useContext, useMemo, useRef, useState, useTransition } from "react";

import { isFormBegun } from "../lib/unsaved";
import { HeldKeys } from "../parts/held-keys";
import { overlay } from "../parts/later";

const DiscardDialog = overlay(() => import("./discard-dialog").then((part) => part.DiscardDialog));

/** A screen of the window. */
export type ScreenId = "day" | "series" | "patients" | "practitioner" | "setup";

/** What a screen is opened on. */
export interface Target {
  /** As in `2026-11-23`. */
  date?: string;
  /** A patient's identifier. */
  patient?: string;
  /** A practitioner's identifier. */
  practitioner?: string;
  /** An appointment's identifier. */
  appointment?: string;
  /** A section of the set-up. */
  section?: string;
  /** The identifier of a running series whose rest is to be planned again. */
  series?: string;
}

interface Navigation {
  screen: ScreenId;
  target: Target;
  go: (screen: ScreenId, target?: Target) => void;
  /** Goes there from anywhere, as by a key: asks first where something typed would be lost by it. */
  leaveFor: (screen: ScreenId, target?: Target) => void;
  /** Keeps something of a screen, such as its date, until the window closes. */
  keep: (what: string, value: string) => void;
  /** What was kept. */
  kept: (what: string) => string | undefined;
}

const Place = createContext<Navigation>({
  screen: "day",
  target: {},
  go: () => {},
  leaveFor: () => {},
  keep: () => {},
  kept: () => undefined,
});

/** Keeps the place for everything inside. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<{ screen: ScreenId; target: Target }>({ screen: "day", target: {} });
  const [asked, setAsked] = useState<typeof place>();
  // A screen is drawn in pieces while the one before still stands, so that the window answers meanwhile.
  const [isOnTheWay, draw] = useTransition();
  const memory = useRef(new Map<string, string>());
  const navigation = useMemo(
    () => ({
      ...place,
      keep: (what: string, value: string) => memory.current.set(what, value),
      kept: (what: string) => memory.current.get(what),
      go: (screen: ScreenId, target: Target = {}) => draw(() => setPlace({ screen, target })),
      leaveFor: (screen: ScreenId, target: Target = {}) =>
        isFormBegun() ? setAsked({ screen, target }) : draw(() => setPlace({ screen, target })),
    }),
    [place],
  );
  return (
    <Place value={navigation}>
      {children}
      {isOnTheWay && <HeldKeys />}
      {asked && (
        <DiscardDialog
          by="leaving"
          onStay={() => setAsked(undefined)}
          onDiscard={() => {
            setAsked(undefined);
            draw(() => setPlace(asked));
          }}
        />
      )}
    </Place>
  );
}

/** Where the window is, and the way elsewhere. */
export const useNavigation = () => useContext(Place);
