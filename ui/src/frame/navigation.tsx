/** Which screen is shown, and of what. */

import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from "react";

import { isFormBegun } from "../lib/unsaved";
import { useDrawn } from "../parts/in-pieces";
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
  const [wanted, setWanted] = useState<{ screen: ScreenId; target: Target }>({ screen: "day", target: {} });
  // Another screen is drawn in pieces while the one before still stands.
  const drawn = useDrawn(wanted);
  const place = wanted.screen === drawn.screen ? wanted : drawn;
  const [asked, setAsked] = useState<typeof place>();
  const memory = useRef(new Map<string, string>());
  const navigation = useMemo(
    () => ({
      ...place,
      keep: (what: string, value: string) => memory.current.set(what, value),
      kept: (what: string) => memory.current.get(what),
      go: (screen: ScreenId, target: Target = {}) => setWanted({ screen, target }),
      leaveFor: (screen: ScreenId, target: Target = {}) =>
        (isFormBegun() ? setAsked : setWanted)({ screen, target }),
    }),
    [place],
  );
  return (
    <Place value={navigation}>
      {children}
      {asked && (
        <DiscardDialog
          by="leaving"
          onStay={() => setAsked(undefined)}
          onDiscard={() => {
            setAsked(undefined);
            setWanted(asked);
          }}
        />
      )}
    </Place>
  );
}

/** Where the window is, and the way elsewhere. */
export const useNavigation = () => useContext(Place);
