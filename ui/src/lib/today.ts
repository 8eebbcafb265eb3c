import { type CalendarDate, getLocalTimeZone, today } from "@internationalized/date";
import { useEffect, useState } from "react";

/** The date of the present. */
export const currentDate = (): CalendarDate => today(getLocalTimeZone());

/** The date of the present, followed: over midnight, and when the computer's clock is set. */
export function useToday(): CalendarDate {
  const [date, setDate] = useState(currentDate);
  useEffect(() => {
    const look = () => setDate((before) => (before.compare(currentDate()) === 0 ? before : currentDate()));
    const timer = setInterval(look, 15_000);
    return () => clearInterval(timer);
  }, []);
  return date;
}
