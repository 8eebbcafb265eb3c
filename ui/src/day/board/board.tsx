import type { Ref } from "react";
import { type KeyboardEvent, type MouseEvent, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { usePreferences } from "../../frame/preferences";
import type { DayView } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import { ReasonDialog } from "../visit/reason-dialog";
import { ColumnHead } from "./column-head";
import { Hours } from "./hours";
import { type Direction, hoursShown, neighbour } from "./layout";
import { onGrid } from "./moving";
import { NowLine } from "./now-line";
import { PractitionerColumn } from "./practitioner-column";
import { type Scale, ScaleContext } from "./scale";
import { Ghost, StartsLayer } from "./starts-layer";
import { useDrawing } from "./use-drawing";
import { useMoving } from "./use-moving";
import { useScrolledToPresent } from "./use-scrolled-to-present";

/** A free place of the board. */
export interface FreePlace {
  practitioner: string;
  minute: number;
  /** How long it was drawn, where it was. */
  minutes?: number;
}

/** What others may have the board do. */
export interface BoardHandle {
  /** Takes a visit up, so that a place can be chosen for it. */
  take: (id: string) => void;
}

interface BoardProps {
  view: DayView;
  /** Whether `view` is the day before the move, kept until the chosen one is here. */
  isArriving: boolean;
  isToday: boolean;
  onOpen: (id: string) => void;
  onArrived: (id: string) => void;
  onBook: (place: FreePlace) => void;
  ref: Ref<BoardHandle>;
}

/** A day as columns of practitioners over the hours. */
export function Board({ view, isArriving, isToday, onOpen, onArrived, onBook, ref }: BoardProps) {
  const t = useTranslations("day");
  const { date } = useTimes();
  const { hourHeight, hiddenPractitioners } = usePreferences();
  const practitioners = useMemo(
    () => view.practitioners.filter(({ id }) => !hiddenPractitioners.includes(id)),
    [view.practitioners, hiddenPractitioners],
  );
  const scale = useMemo<Scale>(() => ({ shown: hoursShown(view), hourHeight }), [view, hourHeight]);
  const [focused, setFocused] = useState<string>();
  const all = practitioners.flatMap(({ appointments }) => appointments);
  const tabStop = all.some(({ id }) => id === focused) ? focused : all[0]?.id;
  const region = useRef<HTMLElement>(null);
  useScrolledToPresent(region, view.date, isToday, scale);
  const move = useMoving({ view, practitioners, scale, region });
  const { moving, verdict } = move;
  const { drawing, wasDrawn, ...draw } = useDrawing({
    region,
    scale,
    slot: view.slot_minutes,
    onDrawn: onBook,
  });
  useImperativeHandle(ref, () => ({
    take: (id) => {
      move.take(id);
      region.current?.focus();
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    const isArrow = event.key.startsWith("Arrow") && !event.ctrlKey && !event.metaKey;
    const here = event.target instanceof HTMLElement ? event.target.dataset.appointment : undefined;
    // While a visit is moved or has the focus, keys are its own and not the screen's.
    const use = (action: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    if (moving && isArrow) {
      use(() => move.step(event.key));
    } else if (moving && event.key === "Enter") {
      use(move.drop);
    } else if (here && isArrow && event.altKey) {
      use(() => move.take(here, { isResize: event.shiftKey }) && move.step(event.key));
    } else if (here && isArrow) {
      use(() => focusOn(neighbour(practitioners, here, directionOf(event.key))));
    } else if (here && event.key.toLowerCase() === "a" && !event.ctrlKey && !event.metaKey) {
      use(() => onArrived(here));
    }
  };
  const focusOn = (id: string | undefined) => {
    if (id) {
      region.current?.querySelector<HTMLElement>(`[data-appointment="${CSS.escape(id)}"]`)?.focus();
    }
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    if (move.wasDragged() || wasDrawn()) {
      return;
    }
    if (moving) {
      move.drop();
      return;
    }
    const id = target?.closest<HTMLElement>("[data-appointment]")?.dataset.appointment;
    if (id) {
      onOpen(id);
    }
  };
  const onDoubleClick = (event: MouseEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const column = target?.closest<HTMLElement>("[data-practitioner]");
    if (!column || moving || target?.closest("[data-appointment]")) {
      return;
    }
    const pixels = event.clientY - column.getBoundingClientRect().top;
    const minute = scale.shown.from_minute + (pixels * 60) / hourHeight;
    // The slot that was pressed, not the nearest line.
    const start = onGrid(minute - view.slot_minutes / 2, view.slot_minutes);
    onBook({ practitioner: column.dataset.practitioner ?? "", minute: start });
  };

  const columns = {
    display: "grid",
    minWidth: 52 + 110 * practitioners.length,
    gridTemplateColumns: `52px repeat(${practitioners.length}, minmax(110px, 1fr))`,
  };
  return (
    <ScaleContext value={scale}>
      <section
        ref={region}
        aria-label={t("board", { date: date(view.date) })}
        aria-busy={isArriving}
        data-date={view.date}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className={`h-full overflow-auto bg-canvas outline-accent [scroll-padding-top:52px] focus-visible:outline-2 focus-visible:-outline-offset-2 print:hidden ${isArriving ? "opacity-60" : ""} ${moving ? `touch-none ${moving.isResize ? "cursor-ns-resize" : "cursor-grabbing"}` : ""}`}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onFocus={(event) => setFocused(event.target.dataset.appointment ?? focused)}
        onPointerDown={(event) => {
          move.pointer.onPointerDown(event);
          if (!moving) {
            draw.pointer.onPointerDown(event);
          }
        }}
        onPointerMove={(event) => {
          move.pointer.onPointerMove(event);
          draw.pointer.onPointerMove(event);
        }}
        onPointerUp={() => {
          move.pointer.onPointerUp();
          draw.pointer.onPointerUp();
        }}
        onPointerCancel={() => {
          move.pointer.onPointerCancel();
          draw.pointer.onPointerCancel();
        }}
      >
        <div className="sticky top-0 z-30 border-hairline border-b bg-surface" style={columns}>
          <div className="sticky left-0 z-10 bg-surface" />
          {practitioners.map((practitioner) => (
            <ColumnHead key={practitioner.id} practitioner={practitioner} offered={view.disciplines} />
          ))}
        </div>
        <div className="relative" style={columns}>
          <Hours />
          {practitioners.map((practitioner) => (
            <PractitionerColumn
              key={practitioner.id}
              practitioner={practitioner}
              offered={view.disciplines}
              tabStop={practitioner.appointments.some(({ id }) => id === tabStop) ? tabStop : undefined}
              drawn={drawing?.practitioner === practitioner.id ? drawing : undefined}
            />
          ))}
          {moving && (
            <div className="pointer-events-none absolute inset-0 z-20" style={columns}>
              <div />
              {practitioners.map(({ id }) => (
                <div key={id} className="relative min-w-0">
                  <StartsLayer
                    starts={move.starts?.find(({ practitioner }) => practitioner === id)}
                    slot={view.slot_minutes}
                  />
                  {moving.practitioner === id && <Ghost moving={moving} verdict={verdict} />}
                </div>
              ))}
            </div>
          )}
          {isToday && (
            <div className="pointer-events-none absolute inset-y-0 right-0 left-13">
              <NowLine />
            </div>
          )}
        </div>
      </section>
      <MoveReport move={move} practitioners={practitioners} />
      {move.asked && (
        <ReasonDialog
          words={move.asked.words}
          onClose={move.forget}
          onReason={(reason) => move.asked && void move.put(move.asked.moving, reason)}
        />
      )}
    </ScaleContext>
  );
}

interface MoveReportProps {
  move: ReturnType<typeof useMoving>;
  practitioners: DayView["practitioners"];
}

/** Says aloud what a move would do, and shows how to end it. */
function MoveReport({ move, practitioners }: MoveReportProps) {
  const t = useTranslations("move");
  const { time } = useTimes();
  const name = useNames();
  const { moving, verdict } = move;
  const words = !moving
    ? ""
    : t(moving.isResize ? "lasts" : "at", {
        time: time(moving.minute + (moving.isResize ? moving.minutes : 0)),
        name: practitioners.find(({ id }) => id === moving.practitioner)?.name ?? "",
        state: verdict ? t(verdict.state, { words: verdict.words }) : t("outside"),
      });
  return (
    <>
      <p role="status" className="sr-only">
        {words}
      </p>
      {moving && (
        <div className="fixed bottom-4 left-1/2 z-30 flex -translate-x-1/2 items-center gap-3 rounded-control border border-edge bg-surface px-3 py-2 shadow-lg">
          <p>{t(moving.isResize ? "resizing" : "moving", { name: name(moving.appointment.patient_name) })}</p>
          <p className="text-quiet text-small">{t("legend")}</p>
        </div>
      )}
    </>
  );
}

function directionOf(key: string): Direction {
  return key === "ArrowUp" || key === "ArrowDown" || key === "ArrowLeft" ? key : "ArrowRight";
}
