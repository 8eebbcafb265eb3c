import { type CalendarDate, getLocalTimeZone, parseDate, today } from "@internationalized/date";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "use-intl";

import { useCommands } from "../frame/commands";
import { useDeed } from "../frame/journal";
import { useNavigation } from "../frame/navigation";
import { choose, preferences } from "../frame/preferences";
import { putStatus } from "../lib/api";
import { dayQuery } from "../lib/queries";
import { useShortcuts } from "../lib/shortcuts";
import { Board, type BoardHandle, type FreePlace } from "./board/board";
import { DayAgenda } from "./day-agenda";
import { DayHeader } from "./day-header";
import { DayEmpty, DayFailure, DayLoading } from "./day-states";
import { BookingDialog } from "./visit/booking-dialog";
import { VisitDialog } from "./visit/visit-dialog";

/** The chosen day: the board, with the way to the days around it. */
export function DayScreen() {
  const { target } = useNavigation();
  const [date, setDate] = useState(() => (target.date ? parseDate(target.date) : currentDate()));
  const [isPrinting, setIsPrinting] = useState(false);
  const [opened, setOpened] = useState(target.appointment);
  const [booked, setBooked] = useState<FreePlace>();
  const board = useRef<BoardHandle>(null);
  const deed = useDeed();
  const query = useQuery(dayQuery(date.toString()));
  useNeighboursReady(date);

  const toPrevious = () => setDate(date.subtract({ days: 1 }));
  const toNext = () => setDate(date.add({ days: 1 }));
  const toToday = useCallback(() => setDate(currentDate()), []);
  const print = useCallback(() => {
    flushSync(() => setIsPrinting(true));
    window.print();
    setIsPrinting(false);
  }, []);
  const shown = query.isPlaceholderData ? undefined : query.data;
  const book = useCallback(() => {
    const [first] = shown?.practitioners ?? [];
    if (first) {
      setBooked({ practitioner: first.id, minute: first.working[0]?.from_minute ?? 9 * 60 });
    }
  }, [shown]);
  const arrived = (id: string) => {
    const all = shown?.practitioners.flatMap(({ appointments }) => appointments);
    const isHere = all?.find((each) => each.id === id)?.status === "arrived";
    void deed(() => putStatus(id, isHere ? "booked" : "arrived"));
  };
  useShortcuts({
    n: book,
    ArrowLeft: toPrevious,
    ArrowRight: toNext,
    t: toToday,
    p: print,
    "+": () => zoom(1),
    "=": () => zoom(1),
    "-": () => zoom(-1),
  });
  useDayCommands(toToday, print, book);

  const isToday = date.compare(currentDate()) === 0;
  return (
    <div className="flex h-full flex-col print:block">
      <DayHeader
        date={date}
        isToday={isToday}
        view={shown}
        onDate={setDate}
        onPrevious={toPrevious}
        onNext={toNext}
        onToday={toToday}
        onPrint={print}
        onZoom={zoom}
        onBook={book}
      />
      <main className="min-h-0 flex-1">
        {query.isError ? (
          <DayFailure error={query.error} onRetry={() => query.refetch()} />
        ) : !query.data ? (
          <DayLoading />
        ) : query.data.practitioners.length === 0 ? (
          <DayEmpty view={query.data} onNext={toNext} />
        ) : isPrinting ? (
          <DayAgenda view={query.data} />
        ) : (
          <Board
            view={query.data}
            isArriving={query.isPlaceholderData}
            isToday={isToday && !query.isPlaceholderData}
            ref={board}
            onOpen={setOpened}
            onArrived={arrived}
            onBook={setBooked}
          />
        )}
      </main>
      {opened && (
        <VisitDialog
          id={opened}
          onClose={() => setOpened(undefined)}
          onMove={() => {
            setOpened(undefined);
            board.current?.take(opened);
          }}
        />
      )}
      {booked && shown && (
        <BookingDialog
          {...booked}
          date={date.toString()}
          practitioners={shown.practitioners}
          onClose={() => setBooked(undefined)}
          onBooked={(on) => {
            setBooked(undefined);
            setDate(parseDate(on));
          }}
        />
      )}
    </div>
  );
}

const currentDate = () => today(getLocalTimeZone());

/** The heights of an hour, in pixels, from a whole day at a glance to a comfortable one. */
const heights = [48, 60, 72, 96, 132];

function zoom(steps: 1 | -1) {
  const { hourHeight } = preferences();
  const next =
    steps > 0
      ? heights.find((height) => height > hourHeight)
      : heights.findLast((height) => height < hourHeight);
  if (next) {
    choose({ hourHeight: next });
  }
}

function useDayCommands(onToday: () => void, onPrint: () => void, onBook: () => void) {
  const t = useTranslations("day");
  const booking = useTranslations("booking");
  const commands = useMemo(
    () => [
      { id: "new-visit", label: booking("new"), keys: "N", run: onBook },
      { id: "today", label: t("today"), keys: "T", run: onToday },
      { id: "print", label: t("printSheet"), keys: "P", run: onPrint },
      { id: "zoom-in", label: t("zoomIn"), keys: "+", run: () => zoom(1) },
      { id: "zoom-out", label: t("zoomOut"), keys: "−", run: () => zoom(-1) },
    ],
    [t, booking, onToday, onPrint, onBook],
  );
  useCommands(commands);
}

/** Reads the days before and after ahead of time, so that stepping to them shows them at once. */
function useNeighboursReady(date: CalendarDate) {
  const client = useQueryClient();
  useEffect(() => {
    for (const days of [-1, 1]) {
      client.prefetchQuery(dayQuery(date.add({ days }).toString()));
    }
  }, [client, date]);
}
