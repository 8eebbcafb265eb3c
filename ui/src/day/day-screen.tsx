import { type CalendarDate, getLocalTimeZone, today } from "@internationalized/date";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { dayQuery } from "../lib/queries";
import { useShortcuts } from "../lib/shortcuts";
import { DayAgenda } from "./day-agenda";
import { DayHeader } from "./day-header";
import { DayFailure, DayLoading } from "./day-states";

/** The chosen day: its appointments by practitioner, with the way to the days around it. */
export function DayScreen() {
  const [date, setDate] = useState(currentDate);
  const query = useQuery(dayQuery(date.toString()));
  useNeighboursReady(date);

  const toPrevious = () => setDate(date.subtract({ days: 1 }));
  const toNext = () => setDate(date.add({ days: 1 }));
  const toToday = () => setDate(currentDate());
  useShortcuts({ ArrowLeft: toPrevious, ArrowRight: toNext, t: toToday });

  const shown = query.isPlaceholderData ? undefined : query.data;
  return (
    <div className="flex h-full flex-col">
      <DayHeader
        date={date}
        isToday={date.compare(currentDate()) === 0}
        clinicName={query.data?.clinic_name}
        totals={shown?.totals}
        onPrevious={toPrevious}
        onNext={toNext}
        onToday={toToday}
      />
      <main className="min-h-0 flex-1">
        {query.isError ? (
          <DayFailure error={query.error} onRetry={() => query.refetch()} />
        ) : query.data ? (
          <DayAgenda view={query.data} isArriving={query.isPlaceholderData} onNext={toNext} />
        ) : (
          <DayLoading />
        )}
      </main>
    </div>
  );
}

const currentDate = () => today(getLocalTimeZone());

/** Reads the days before and after ahead of time, so that stepping to them shows them at once. */
function useNeighboursReady(date: CalendarDate) {
  const client = useQueryClient();
  useEffect(() => {
    for (const days of [-1, 1]) {
      client.prefetchQuery(dayQuery(date.add({ days }).toString()));
    }
  }, [client, date]);
}
