import { CalendarOff, CalendarX2, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import type { DayView } from "../lib/api";
import { errorInWords } from "../lib/errors";
import { Button } from "../parts/button";

/** Waits a moment before it says that the clinic is being opened, since most reads are over by then. */
export function DayLoading() {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <State title={isLong ? "Opening the clinic…" : ""}>
      {isLong && "The first start makes a demo clinic, which takes a moment."}
    </State>
  );
}

/** A day with nobody at work and nothing booked. */
export function DayEmpty({ view, onNext }: { view: DayView; onNext: () => void }) {
  const { closed, date, weekday } = view;
  return (
    <State
      data-empty={date}
      icon={closed === null ? <CalendarOff aria-hidden size={28} /> : <CalendarX2 aria-hidden size={28} />}
      title={closed === null ? `Nobody works this ${weekday}` : `Closed: ${closed}`}
      action={
        <Button isPrimary onPress={onNext}>
          Next day
        </Button>
      }
    >
      Nothing is booked. Step to another day with the arrow keys, or press T for today.
    </State>
  );
}

/** Why the day cannot be shown and what to do about it. */
export function DayFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { title, advice } = errorInWords(error);
  return (
    <State
      role="alert"
      icon={<TriangleAlert aria-hidden size={28} className="text-rule" />}
      title={title}
      action={
        <Button isPrimary onPress={onRetry}>
          Try again
        </Button>
      }
    >
      {advice}
    </State>
  );
}

interface StateProps {
  title: string;
  children: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
  "data-empty"?: string;
}

function State({ title, children, icon, action, role = "status", ...marks }: StateProps) {
  return (
    <div
      {...marks}
      role={role}
      className="flex h-full flex-col items-center justify-center gap-2 px-8 text-center"
    >
      <span className="text-quiet">{icon}</span>
      <h2 className="font-semibold text-title">{title}</h2>
      <p className="max-w-[52ch] select-text text-quiet">{children}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
