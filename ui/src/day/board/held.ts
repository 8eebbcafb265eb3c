import { followers } from "../../lib/followers";
import type { Moving } from "./moving";

/**
 * The visit that is moved and where it is held: told to those who draw it there, while the board around them is drawn
 * when it is taken up and when it is let go. It is read at once after it was set, since pointer events may come faster
 * than the window is drawn.
 */
export interface Held {
  now: () => Moving | undefined;
  /** As it was when it was taken up. */
  taken: () => Moving | undefined;
  set: (next: Moving | undefined) => void;
  /** Calls the follower whenever it is held elsewhere; gives what ends that. */
  follow: (follower: () => void) => () => void;
}

/** Nothing is held yet. */
export function nothingHeld(): Held {
  let now: Moving | undefined;
  let taken: Moving | undefined;
  const { follow, tell } = followers();
  return {
    now: () => now,
    taken: () => taken,
    set: (next) => {
      const isSame = next && taken?.appointment === next.appointment && taken.isResize === next.isResize;
      taken = isSame ? taken : next;
      now = next;
      tell();
    },
    follow,
  };
}
