import type { Ref } from "react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { usePreferences } from "../../frame/preferences";
import type { DayDiscipline, DaySpan } from "../../lib/api";
import { atOnce, overlay } from "../../parts/later";
import { isGhostIn, useFirstGhost } from "../../series/ghosts";
import { useSession } from "../../session/session";
import { BoardColumn } from "./board-column";
import { CardWordsContext, useCardWordsMade } from "./card-words";
import { ColumnHead } from "./column-head";
import { type Column, leastWidth } from "./columns";
import { Ghost } from "./ghost";
import { Hours } from "./hours";
import { HoverCard } from "./hover-card";
import { type Direction, hoursShown, neighbour, reaching } from "./layout";
import { MovedTo, MoveReport } from "./move-report";
import { onGrid } from "./moving";
import { type Scale, ScaleContext } from "./scale";
import { useBoardWidth } from "./use-board-width";
import { useDrawing } from "./use-drawing";
import { useHover } from "./use-hover";
import { columnsInSight, useInSight } from "./use-in-sight";
import { type BoardKeyboard, selectorOf, useKeptKeyboard } from "./use-kept-keyboard";
import { useMoving } from "./use-moving";
import { useScrolledToPresent } from "./use-scrolled-to-present";

/** A free place of the board. */
export interface FreePlace {
  date: string;
  /** Who treats; none where a room's week was drawn in. */
  practitioner: string | undefined;
  room: string | undefined;
  minute: number;
  /** How long it was drawn, where it was. */
  minutes?: number;
}

/** What others may have the board do. */
export interface BoardHandle {
  /** Takes a visit up, so that a place can be chosen for it. */
  take: (id: string) => void;
  /** Gives it the keyboard. */
  focus: () => void;
}

interface BoardProps {
  columns: Column[];
  /** The rooms of the clinic. */
  rooms: readonly { name: string }[];
  /** What the board is of, in words. */
  label: string;
  /** The date that was chosen, as in `2026-11-23`. */
  date: string;
  offered: DayDiscipline[];
  slot: number;
  /** Whether the columns are those before the move, kept until the chosen ones are here. */
  isArriving: boolean;
  /** The date of the present. */
  today: string;
  /** A free start that was found. */
  found: FreePlace | undefined;
  /** Where the keyboard is on it, kept while there is no board. */
  keyboard: RefObject<BoardKeyboard | undefined>;
  onOpen: (id: string, how?: "cancelling") => void;
  onArrived: (id: string) => void;
  onBook: (place: FreePlace) => void;
  /** Opens what a column's head leads to. */
  onColumn: (column: Column) => void;
  ref: Ref<BoardHandle>;
}

const ReasonDialog = atOnce(() => import("../visit/reason-dialog").then((part) => part.ReasonDialog));
const VisitMenu = overlay(() => import("../visit/visit-menu").then((part) => part.VisitMenu));

const HOURS_WIDTH = 52;
/** What is seen of a column beside the window. */
const NOTHING: DaySpan = { from_minute: 0, to_minute: 0 };

/** Columns of practitioners or days over the hours. */
export function Board(props: BoardProps) {
  const {
    columns,
    rooms,
    label,
    date,
    offered,
    slot,
    isArriving,
    today,
    found,
    keyboard,
    onOpen,
    onArrived,
    onBook,
    onColumn,
    ref,
  } = props;
  const preferences = usePreferences();
  const { may } = useSession();
  const mayMove = may("place_visit");
  const { hourHeight, density } = preferences;
  // Keys lead to hours that nobody works in, too: they are shown for as long as somebody is there.
  const [reached, setReached] = useState<DaySpan>();
  const scale = useMemo<Scale>(() => {
    return { shown: hoursShown(columns, reached && [reached]), hourHeight };
  }, [columns, hourHeight, reached]);
  const cardWords = useCardWordsMade(rooms);
  const firstGhost = useFirstGhost(columns);
  const [focused, setFocused] = useState<string>();
  const all = columns.flatMap(({ appointments }) => appointments).filter(({ busy }) => !busy);
  const tabStop = all.some(({ id }) => id === focused) ? focused : all[0]?.id;
  const region = useRef<HTMLElement>(null);
  const isWeek = columns.some((column) => column.date !== columns[0]?.date);
  const hasToday = !isArriving && columns.some((column) => column.date === today);
  useScrolledToPresent(region, label, hasToday, scale);
  const inSight = useInSight(hasToday, scale);
  const keeping = useKeptKeyboard(region, keyboard, !isArriving && inSight === undefined);
  const move = useMoving({ columns, slot, scale, region });
  const { moving } = move;
  const isPlacing = moving !== undefined && !moving.isResize;
  // Of the board itself, which the pointer belongs to during a drag, and of what lies over it; were it inherited, as what a
  // touch may do is too, the browser would work out anew how every visit looks.
  const hand = moving ? (moving.isResize ? "cursor-ns-resize" : "cursor-grabbing") : "";
  const placeIn = (key: string, minute: number, minutes?: number): FreePlace | undefined => {
    const column = columns.find((each) => each.key === key);
    return (
      column && {
        date: column.date,
        practitioner: column.practitioner,
        room: column.room,
        minute,
        ...(minutes !== undefined && { minutes }),
      }
    );
  };
  const nowIn = (column: Column) =>
    !hasToday || column.date !== today ? undefined : isWeek || column === columns[0] ? "first" : "further";
  const book = (place: FreePlace | undefined) => place && may("book_visit") && onBook(place);
  const { drawing, wasDrawn, ...draw } = useDrawing({
    region,
    scale,
    slot,
    onDrawn: ({ column, minute, minutes }) => book(placeIn(column, minute, minutes)),
  });
  const [menu, setMenu] = useState<{ id: string; element: HTMLElement }>();
  const hover = useHover(moving !== undefined || drawing !== undefined || menu !== undefined || isArriving);
  const chosen = menu && all.find(({ id }) => id === menu.id);
  const hovered = hover.hovered && all.find(({ id }) => id === hover.hovered?.id);
  useImperativeHandle(ref, () => ({
    take: (id) => {
      move.take(id);
      region.current?.focus();
    },
    focus: () => region.current?.focus({ preventScroll: true }),
  }));
  useEffect(() => {
    if (found) {
      region.current
        ?.querySelector("[data-found]")
        ?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    }
  }, [found]);

  const focusOn = (id: string | undefined) => {
    if (id) {
      region.current?.querySelector<HTMLElement>(selectorOf(id))?.focus();
    }
  };
  const isTaken = moving !== undefined;
  const isStepped = useRef(false);
  const showHeld = () =>
    region.current?.querySelector("[data-ghost]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  useEffect(() => {
    if (!isTaken) {
      isStepped.current = false;
      setReached(undefined);
    }
  }, [isTaken]);
  const stepTo = (key: string) => {
    move.step(key);
    const held = move.held.now();
    if (held) {
      setReached((before) => {
        const next = reaching(before ?? scale.shown, held);
        return next === scale.shown ? before : next;
      });
    }
    // Nobody steps blindly: the place that is held comes out from under the heads and the edges, also once the program has
    // said what stands against it.
    isStepped.current = true;
    requestAnimationFrame(showHeld);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isModified = event.ctrlKey || event.metaKey;
    const isArrow = event.key.startsWith("Arrow") && !isModified;
    const here = event.target instanceof HTMLElement ? event.target.dataset.appointment : undefined;
    // While a visit is moved or has the focus, keys are its own and not the screen's.
    const use = (action: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    if (moving && isArrow) {
      use(() => stepTo(event.key));
    } else if (moving && event.key === "Enter") {
      use(move.drop);
    } else if (here && isArrow && event.altKey && mayMove) {
      use(() => move.take(here, { isResize: event.shiftKey }) && stepTo(event.key));
    } else if (here && isArrow) {
      use(() => focusOn(neighbour(columns, here, directionOf(event.key))));
    } else if (here && event.key.toLowerCase() === "a" && !isModified) {
      use(() => onArrived(here));
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
      hover.hide();
      onOpen(id);
    }
  };
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const element = target?.closest<HTMLElement>("[data-appointment]");
    if (element && !moving) {
      event.preventDefault();
      hover.hide();
      setMenu({ id: element.dataset.appointment ?? "", element });
    }
  };
  const onDoubleClick = (event: MouseEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const column = target?.closest<HTMLElement>("[data-column]");
    if (!column || moving || target?.closest("[data-appointment]")) {
      return;
    }
    const pixels = event.clientY - column.getBoundingClientRect().top;
    const minute = scale.shown.from_minute + (pixels * 60) / hourHeight;
    // The slot that was pressed, not the nearest line.
    book(placeIn(column.dataset.column ?? "", onGrid(minute - slot / 2, slot)));
  };

  const [one, each] = density === "compact" ? [110, 88] : [136, 104];
  const boardWidth = useBoardWidth(region);
  const grid = useMemo(() => {
    const widths = columns.map((column) => leastWidth(column, one, each));
    const share = Math.floor((boardWidth - HOURS_WIDTH) / Math.max(columns.length, 1));
    return {
      widths: widths.map((width) => Math.max(width, share)),
      style: {
        display: "grid",
        minWidth: HOURS_WIDTH + widths.reduce((sum, width) => sum + width, 0),
        gridTemplateColumns: `${HOURS_WIDTH}px ${widths.map((width) => `minmax(${width}px, 1fr)`).join(" ")}`,
      },
    };
  }, [columns, one, each, boardWidth]);
  const seen = inSight ? columnsInSight(grid.widths, window.innerWidth) : columns.length;
  return (
    <ScaleContext value={scale}>
      <CardWordsContext value={cardWords}>
        <section
          ref={region}
          aria-label={label}
          aria-busy={isArriving || inSight !== undefined}
          data-date={date}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className={`h-full overflow-auto bg-canvas outline-accent [scroll-padding:60px_8px_12px_60px] focus-visible:outline-2 focus-visible:-outline-offset-2 print:hidden ${isArriving ? "opacity-60" : ""} ${hand}`}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={onContextMenu}
          onFocus={(event) => {
            setFocused(event.target.dataset.appointment ?? focused);
            keeping.onFocus(event);
            hover.region.onFocus(event);
          }}
          onBlur={(event) => {
            keeping.onBlur(event);
            hover.region.onBlur(event);
          }}
          onScroll={hover.scrolled}
          onPointerOver={hover.region.onPointerOver}
          onPointerLeave={hover.region.onPointerLeave}
          onWheel={hover.region.onWheel}
          onPointerDown={(event) => {
            hover.hide();
            if (!mayMove) {
              return;
            }
            move.pointer.onPointerDown(event);
            if (!moving) {
              draw.pointer.onPointerDown(event);
            }
          }}
          onPointerMove={(event) => {
            isStepped.current &&= event.movementX === 0 && event.movementY === 0;
            hover.region.onPointerMove(event);
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
          <div
            className="sticky top-0 z-30 cursor-default border-hairline border-b bg-surface"
            style={grid.style}
          >
            <div className="sticky left-0 z-10 bg-surface" />
            {columns.slice(0, seen).map((column) => (
              <ColumnHead
                key={column.key}
                column={column}
                offered={offered}
                isToday={isWeek && column.date === today}
                onOpen={onColumn}
              />
            ))}
          </div>
          <div className="relative cursor-default" style={grid.style}>
            <Hours />
            {columns.map((column, at) => (
              <BoardColumn
                key={column.key}
                column={column}
                width={grid.widths[at] ?? one}
                offered={offered}
                filters={preferences}
                tabStop={column.appointments.some(({ id }) => id === tabStop) ? tabStop : undefined}
                lifted={
                  column.appointments.some(({ id }) => id === moving?.appointment.id)
                    ? moving?.appointment.id
                    : undefined
                }
                starts={isPlacing ? move.starts?.get(column.key) : undefined}
                slot={slot}
                isOut={isPlacing && move.starts !== undefined && !move.starts.has(column.key)}
                drawn={drawing?.column === column.key ? drawing : undefined}
                found={foundIn(column, found)}
                firstGhost={firstGhost && isGhostIn(firstGhost, column) ? firstGhost : undefined}
                now={nowIn(column)}
                inSight={inSight && at >= seen ? NOTHING : inSight}
              />
            ))}
            {moving && (
              // Over everything, so that the pointer is found without a look at each visit.
              <div
                className={`absolute inset-0 z-20 touch-none [contain:layout_size_style] ${hand}`}
                style={grid.style}
              >
                <Ghost move={move} columns={columns} onSaid={() => isStepped.current && showHeld()} />
              </div>
            )}
          </div>
        </section>
      </CardWordsContext>
      {hovered && hover.hovered && (
        <HoverCard
          hovered={hover.hovered}
          visit={hovered}
          offered={offered}
          onClose={hover.hide}
          {...hover.card}
        />
      )}
      {menu && chosen && (
        <VisitMenu
          visit={chosen}
          element={menu.element}
          onClose={() => setMenu(undefined)}
          onOpen={(how) => onOpen(chosen.id, how)}
          onMove={() => {
            move.take(chosen.id);
            region.current?.focus();
          }}
        />
      )}
      <MoveReport move={move} columns={columns} />
      {move.asked && (
        <ReasonDialog
          what={<MovedTo moving={move.asked.moving} columns={columns} />}
          words={move.asked.words}
          given={move.asked.given}
          onClose={move.forget}
          onReason={(reason) => move.asked && void move.put(move.asked.moving, reason)}
        />
      )}
    </ScaleContext>
  );
}

/** The free start that was found, where it lies in a column. */
function foundIn(column: Column, found: FreePlace | undefined) {
  const isHere =
    found?.minutes !== undefined && found.date === column.date && found.practitioner === column.practitioner;
  return isHere && found.minutes !== undefined ? { minute: found.minute, minutes: found.minutes } : undefined;
}

function directionOf(key: string): Direction {
  return key === "ArrowUp" || key === "ArrowDown" || key === "ArrowLeft" ? key : "ArrowRight";
}
