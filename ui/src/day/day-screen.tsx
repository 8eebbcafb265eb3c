import { parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { useDeed } from "../frame/journal";
import { useNavigation } from "../frame/navigation";
import { choose, preferences, shownWeek, usePreferences } from "../frame/preferences";
import { usePrinting } from "../frame/printing";
import { type FreeStart, putStatus } from "../lib/api";
import { useShortcuts } from "../lib/shortcuts";
import { useToday } from "../lib/today";
import { useInPieces } from "../parts/in-pieces";
import { atOnce, overlay } from "../parts/later";
import { practitionersQuery } from "../practitioner/queries";
import { GhostBar } from "../series/ghosts";
import { useSession } from "../session/session";
import { Board, type BoardHandle, type FreePlace } from "./board/board";
import type { Column } from "./board/columns";
import { isNamed } from "./board/columns";
import type { BoardKeyboard } from "./board/use-kept-keyboard";
import { DayAgenda } from "./day-agenda";
import { DayHeader } from "./day-header";
import { DayEmpty, DayFailure, DayLoading } from "./day-states";
import { mondayOf, useBoard } from "./use-board";
import { useDayCommands } from "./use-day-commands";
import { showDay, showWeek } from "./week-choice";

const BookingDialog = atOnce(() => import("./visit/booking-dialog").then((part) => part.BookingDialog));
const NextFree = overlay(() => import("./next-free").then((part) => part.NextFree));
const VisitDialog = overlay(() => import("./visit/visit-dialog").then((part) => part.VisitDialog));

/** The visit whose card is open, and whether to call it off. */
interface Opened {
  id: string;
  isCancelling?: boolean;
}

/** What is booked: a place, and perhaps a service and for whom. */
type Booked = FreePlace & { service?: string; patient?: string };

/** The chosen day or week: the board, with the way to the days around it. */
export function DayScreen() {
  const { target, keep, kept, go } = useNavigation();
  const today = useToday();
  const [date, setDateOnly] = useState(() => parseDate(target.date ?? kept("day") ?? today.toString()));
  const [isMonthOpen, setIsMonthOpen] = useState(false);
  const [opened, setOpened] = useState<Opened | undefined>(
    target.appointment === undefined ? undefined : { id: target.appointment },
  );
  const [booked, setBooked] = useState<Booked>();
  const [narrow, setNarrow] = useState<string>();
  const [isSeeking, setIsSeeking] = useState(false);
  const [found, setFound] = useState<FreePlace>();
  const board = useRef<BoardHandle>(null);
  const keyboard = useRef<BoardKeyboard>(undefined);
  const deed = useDeed();
  const { may } = useSession();
  const mayBook = may("book_visit");
  const weekOf = shownWeek(usePreferences());
  const { query, days, shown, columns, first, totals, label } = useBoard(date, narrow ?? "");
  const drawn = useInPieces(days);

  const setDate = useCallback(
    (to: typeof date) => {
      setDateOnly(to);
      keep("day", to.toString());
    },
    [keep],
  );
  useEffect(() => {
    if (target.date) {
      setDate(parseDate(target.date));
      setOpened(target.appointment === undefined ? undefined : { id: target.appointment });
    }
  }, [target, setDate]);
  const step = (steps: 1 | -1) => setDate(date.add({ days: weekOf ? 7 * steps : steps }));
  const toToday = useCallback(() => setDate(today), [setDate, today]);
  const { print, isPrinting, question } = usePrinting();
  // In a clinic that begins there is nobody to book with.
  const hasNobody = useQuery(practitionersQuery()).data?.length === 0;
  const addSomebody = useCallback(() => go("setup", { section: "practitioners" }), [go]);
  const isHere = first !== undefined;
  const bookFor = useCallback(
    (patient?: string) => {
      const column =
        columns.find((each) => each.date === date.toString()) ?? (columns[0] as Column | undefined);
      if (hasNobody && mayBook) {
        addSomebody();
      } else if (isHere && mayBook) {
        // The keyboard comes back to what had it; where nothing has, to the board.
        if (document.activeElement === document.body) {
          board.current?.focus();
        }
        // Also where nobody works that day: the rules say what stands against it, and the nearest that fits.
        setBooked({
          date: column?.date ?? date.toString(),
          practitioner: column?.practitioner,
          room: column?.room,
          minute: column?.working?.[0]?.from_minute ?? 9 * 60,
          ...(patient && { patient }),
        });
      }
    },
    [columns, date, mayBook, isHere, hasNobody, addSomebody],
  );
  const book = useCallback(() => bookFor(), [bookFor]);
  const isDrawn = isHere && drawn !== undefined;
  const served = useRef<typeof target>(undefined);
  useEffect(() => {
    // Led here to book for somebody: once, as soon as the day to book on is drawn, and with it where the keyboard returns.
    if (target.patient && isDrawn && served.current !== target) {
      served.current = target;
      bookFor(target.patient);
    }
  }, [target, isDrawn, bookFor]);
  const seek = useCallback(() => setIsSeeking(mayBook), [mayBook]);
  const narrowTo = useCallback(() => setNarrow(""), []);
  const toWeek = useCallback(() => showWeek(first?.practitioners[0]?.id), [first]);
  const openMonth = useCallback(() => setIsMonthOpen(true), []);
  const onFound = useCallback(
    ({ date: on, practitioner, minute, minutes }: FreeStart) => {
      setDate(parseDate(on));
      setFound({ date: on, practitioner, room: undefined, minute, minutes });
    },
    [setDate],
  );
  const endSeek = () => {
    setIsSeeking(false);
    setFound(undefined);
  };
  const arrived = (id: string) => {
    const all = columns.flatMap(({ appointments }) => appointments);
    const isHere = all.find((each) => each.id === id)?.status === "arrived";
    void deed(() => putStatus(id, isHere ? "booked" : "arrived"), id);
  };
  const open = (column: Column) => {
    if (column.key === column.date) {
      setDate(parseDate(column.date));
      showDay();
    } else if (column.practitioner) {
      choose({ isWeek: true, weekOf: { kind: "practitioner", id: column.practitioner } });
    }
  };
  useShortcuts({
    n: book,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    t: toToday,
    p: print,
    d: showDay,
    w: toWeek,
    g: openMonth,
    "+": () => zoom(1),
    "=": () => zoom(1),
    "-": () => zoom(-1),
    ...(!weekOf && { "/": narrowTo }),
    ...(!isSeeking && { f: seek }),
  });
  useDayCommands({
    today: toToday,
    print,
    book,
    seek,
    narrow: narrowTo,
    week: toWeek,
    month: openMonth,
    zoom,
  });

  const isEmpty = weekOf === null && first?.practitioners.length === 0;
  return (
    <div className="flex h-full flex-col overflow-y-auto print:block print:overflow-visible">
      <DayHeader
        date={date}
        today={today}
        view={first}
        totals={totals}
        mayBook={mayBook && !hasNobody}
        isMonthOpen={isMonthOpen}
        onMonth={setIsMonthOpen}
        narrow={narrow}
        onNarrow={setNarrow}
        isNarrowFound={!narrow?.trim() || columns.some(({ name }) => isNamed(name, narrow))}
        actions={{ date: setDate, step, today: toToday, print, zoom, book }}
      />
      <GhostBar
        from={(weekOf ? mondayOf(date) : date).toString()}
        to={(weekOf ? mondayOf(date).add({ days: 6 }) : date).toString()}
        onDate={(on) => setDate(parseDate(on))}
      />
      <main className="min-h-72 flex-1 print:min-h-0">
        {!drawn || !first ? (
          query.error ? (
            <DayFailure error={query.error} onRetry={() => query.refetch()} />
          ) : (
            <DayLoading />
          )
        ) : (
          <>
            {isPrinting && (
              <div className="hidden print:block">
                {drawn.map((day) => (
                  <DayAgenda key={day.date} view={day} />
                ))}
              </div>
            )}
            {isEmpty ? (
              !isPrinting && (
                <DayEmpty view={first} onNext={() => step(1)} {...(hasNobody && { onAdd: addSomebody })} />
              )
            ) : (
              // It stays while the lists go to paper, and with it what is in sight and where the keyboard is.
              <div className="contents print:hidden">
                <Board
                  columns={columns}
                  rooms={first.rooms}
                  label={label}
                  date={weekOf ? mondayOf(date).toString() : first.date}
                  offered={first.disciplines}
                  slot={first.slot_minutes}
                  isArriving={!shown}
                  today={today.toString()}
                  found={found}
                  keyboard={keyboard}
                  ref={board}
                  onOpen={(id, how) => setOpened({ id, isCancelling: how === "cancelling" })}
                  onArrived={arrived}
                  onBook={setBooked}
                  onColumn={open}
                />
              </div>
            )}
          </>
        )}
      </main>
      {isSeeking && (
        <NextFree
          date={date.toString()}
          practitioner={weekOf?.kind === "practitioner" ? weekOf.id : null}
          onFound={onFound}
          onBook={(start, service) => {
            setBooked({ ...start, room: undefined, service });
            endSeek();
          }}
          onClose={endSeek}
        />
      )}
      {question}
      {opened && (
        <VisitDialog
          key={opened.id}
          id={opened.id}
          isCancelling={opened.isCancelling ?? false}
          onClose={() => setOpened(undefined)}
          onMove={() => {
            setOpened(undefined);
            board.current?.take(opened.id);
          }}
        />
      )}
      {booked && first && (
        <BookingDialog
          {...booked}
          practitioners={first.practitioners}
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

/** The heights of an hour, in pixels, from a whole day at a glance to a comfortable one. */
const heights = [48, 60, 72, 96, 132, 176];

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
