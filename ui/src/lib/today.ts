/** The present on the clinic's wall clock, which may lie in another zone than the computer. */

import { CalendarDate } from "@internationalized/date";
import { useEffect, useState } from "react";

import { aheadOfUtc } from "./api";

/** How often the present is looked at again, in milliseconds. */
const LOOK_EVERY = 15_000;

/** How many minutes the clinic's clock is ahead of UTC; until the program has said so, it is the computer's. */
let ahead: number | undefined;

/** The clinic's wall clock, to be read as if it were UTC. */
function wallClock(): Date {
  const now = new Date();
  return new Date(now.getTime() + (ahead ?? -now.getTimezoneOffset()) * 60_000);
}

/** The date of the present. */
export function currentDate(): CalendarDate {
  const now = wallClock();
  return new CalendarDate(now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate());
}

/** The present in minutes from midnight. */
export function currentMinute(): number {
  const now = wallClock();
  return now.getUTCHours() * 60 + now.getUTCMinutes();
}

/** Asks the program for the clinic's clock. */
export const askClock = (): Promise<void> =>
  aheadOfUtc().then(
    (minutes) => {
      ahead = minutes;
    },
    // Why the clinic cannot be read is told where it is shown; the clock goes on as it did.
    () => {},
  );

/** Follows the clinic's clock, whose distance from UTC changes twice a year; says whether it was asked for. */
export function useClinicClock(): boolean {
  const [isAsked, setIsAsked] = useState(ahead !== undefined);
  useEffect(() => {
    const look = () => askClock().then(() => setIsAsked(true));
    if (ahead === undefined) {
      void look();
    }
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, []);
  return isAsked;
}

/** The date of the present, followed: over midnight, and when the computer's clock is set. */
export function useToday(): CalendarDate {
  const [date, setDate] = useState(currentDate);
  useEffect(() => {
    const look = () => setDate((before) => (before.compare(currentDate()) === 0 ? before : currentDate()));
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, []);
  return date;
}
