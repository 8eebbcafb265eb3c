import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type PointerEvent, type RefObject, useRef, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { tell, tellFault } from "../../frame/toasts";
import { placeVisit } from "../../lib/api";
import { usePointerMoved } from "../../lib/pointer";
import { placeQuery } from "../../lib/queries";
import { askOnce } from "../../lib/refresh";
import { useEscape } from "../../lib/shortcuts";
import type { BoardVisit, Column } from "./columns";
import { nothingHeld } from "./held";
import { isOff } from "./layout";
import {
  isSamePlace,
  lengthTo,
  type Moving,
  onGrid,
  stepped,
  type Verdict,
  verdictOf,
  verdictOfPlace,
} from "./moving";
import type { Scale } from "./scale";
import { useColumnsMeasured } from "./use-columns-measured";
import { selectorOf } from "./use-kept-keyboard";
import { useStarts } from "./use-starts";

/** How far the pointer goes before a press becomes a drag, in pixels. */
const DRAG_AFTER = 4;
/** How much of a card is its end, which is drawn to make the visit longer or shorter, in pixels. */
const END = 6;

interface Surface {
  columns: Column[];
  slot: number;
  scale: Scale;
  region: RefObject<HTMLElement | null>;
}

/** How a visit is taken up: where the pointer holds it, and whether by its end. */
interface Hold {
  grip?: number;
  isResize?: boolean;
}

/** A broken rule that a reason may override, and the place it is asked for. */
interface Asked {
  moving: Moving;
  words: string;
  /** The reason that was given, where the program has refused since. */
  given?: string;
}

/** Moving visits about the board, and their ends: by dragging, by choosing a place, and by keys. */
export function useMoving({ columns, slot, scale, region }: Surface) {
  const t = useTranslations("move");
  const deed = useDeed();
  const [held] = useState(nothingHeld);
  const moving = useSyncExternalStore(held.follow, held.taken);
  const [asked, setAsked] = useState<Asked>();
  const client = useQueryClient();
  const press = useRef<{ id: string; x: number; y: number; grip: number; isResize: boolean }>(undefined);
  const pointer = useRef<{ x: number; y: number }>(undefined);
  const isMoved = usePointerMoved();
  const dragged = useRef(false);
  const surface = useColumnsMeasured(region, () => {
    if (pointer.current) {
      follow(pointer.current.x, pointer.current.y);
    }
  });
  const starts = useStarts(moving, columns);
  const outside = ({ column }: Moving) => {
    const over = columns.find(({ key }) => key === column);
    return over && over.key !== over.date ? t("notOffered", { name: over.name }) : t("outside");
  };
  const judged = (what: Moving): Verdict | undefined =>
    starts && !starts.has(what.column)
      ? { state: "illegal", words: outside(what) }
      : verdictOf(starts, what.column, what.minute);
  const stop = () => {
    surface.stop();
    pointer.current = undefined;
    held.set(undefined);
  };
  const put = async (what: Moving, override_reason: string) => {
    stop();
    setAsked(undefined);
    const isDone = await deed(
      () => placeVisit(what.appointment.id, { ...placeOf(what, columns), override_reason }),
      what.appointment.id,
    );
    if (!isDone && asked) {
      setAsked({ ...asked, given: override_reason });
      return;
    }
    region.current
      ?.querySelector<HTMLElement>(selectorOf(what.appointment.id))
      ?.focus({ preventScroll: true });
  };
  const settle = (what: Moving, found: Verdict | undefined) => {
    if (found?.state === "legal") {
      void put(what, "");
    } else if (found?.state === "reason") {
      setAsked({ moving: what, words: found.words });
      stop();
    } else {
      tell({ text: t("refused", { words: found?.words ?? t("outside") }), isFault: true });
      stop();
    }
  };
  const drop = () => {
    const what = held.now();
    if (!what) {
      return;
    }
    const { appointment, minute, minutes } = what;
    const isSame =
      minute === appointment.from_minute &&
      minutes === lengthOf(appointment) &&
      what.column === columnOf(columns, appointment.id)?.key;
    if (isSame) {
      stop();
    } else if (what.isResize || !starts) {
      // The hand may be quicker than the answer.
      askOnce(client, placeQuery({ kind: "booked", appointment: appointment.id }, placeOf(what, columns)))
        .then((answer) => settle(what, verdictOfPlace(answer)))
        .catch((error: unknown) => {
          tellFault(error);
          stop();
        });
    } else {
      settle(what, judged(what));
    }
  };

  /** Takes a visit up, so that arrows or the pointer choose its place. */
  const take = (id: string, { grip, isResize = false }: Hold = {}) => {
    const column = columnOf(columns, id);
    const appointment = column?.appointments.find((each) => each.id === id);
    if (!column || !appointment || isOff(appointment)) {
      return false;
    }
    surface.measure();
    held.set({
      appointment,
      column: column.key,
      minute: appointment.from_minute,
      minutes: lengthOf(appointment),
      isResize,
      grip,
    });
    return true;
  };
  const step = (key: string) => {
    const now = held.now();
    // The pointer that rests somewhere has no say until it is moved again.
    pointer.current = undefined;
    held.set(now && stepped(now, key, columns, slot));
  };

  const follow = (x: number, y: number) => {
    const at = surface.at(x, y);
    if (!at) {
      return;
    }
    const { column } = at;
    const minute = scale.shown.from_minute + (at.y * 60) / scale.hourHeight;
    const now = held.now();
    if (!now) {
      return;
    }
    const next = now.isResize
      ? { ...now, minutes: lengthTo(minute, now.minute, slot) }
      : { ...now, column: column ?? now.column, minute: onGrid(minute - (now.grip ?? 0), slot) };
    if (!isSamePlace(now, next)) {
      held.set(next);
    }
  };

  const onPointerDown = (event: PointerEvent) => {
    dragged.current = false;
    const card =
      event.target instanceof HTMLElement && event.target.closest<HTMLElement>("[data-appointment]");
    if (!card || event.button !== 0 || held.now()) {
      return;
    }
    const box = card.getBoundingClientRect();
    const depth = event.clientY - box.top;
    press.current = {
      id: card.dataset.appointment ?? "",
      x: event.clientX,
      y: event.clientY,
      grip: (depth * 60) / scale.hourHeight,
      isResize: box.bottom - event.clientY <= END,
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { clientX: x, clientY: y } = event;
    const from = press.current;
    const now = held.now();
    const hasMoved = isMoved(event);
    if (from && !now && Math.hypot(x - from.x, y - from.y) > DRAG_AFTER) {
      if (take(from.id, from)) {
        dragged.current = true;
        event.currentTarget.setPointerCapture?.(event.pointerId);
      } else {
        press.current = undefined;
      }
    } else if (now && hasMoved && (from || now.grip === undefined)) {
      pointer.current = { x, y };
      follow(x, y);
      if (from) {
        surface.pullTowards(x, y);
      }
    }
  };
  const onPointerUp = () => {
    const wasDrag = press.current && held.now();
    press.current = undefined;
    if (wasDrag) {
      drop();
    }
  };
  const onPointerCancel = () => {
    press.current = undefined;
    stop();
  };

  useEscape(moving !== undefined, () => {
    press.current = undefined;
    stop();
  });

  return {
    /** What is moved, as it was taken up; where it is held now is told to those who draw it there. */
    moving,
    held,
    judged,
    starts,
    asked,
    take,
    step,
    drop,
    put,
    forget: () => setAsked(undefined),
    /** Whether the press that just ended was a drag, so that its click is none. */
    wasDragged: () => dragged.current,
    pointer: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
  };
}

/** A visit on its way, and what can be done with it. */
export type Move = ReturnType<typeof useMoving>;

/** Where a visit is held now, and what the rules say of that place. */
export function usePlaceHeld({ held, judged }: Move, columns: readonly Column[]) {
  const moving = useSyncExternalStore(held.follow, held.now);
  const wanted = { kind: "booked" as const, appointment: moving?.appointment.id ?? "" };
  const isResize = moving?.isResize === true;
  const weighed = useQuery({
    ...placeQuery(wanted, moving ? placeOf(moving, columns) : nowhere),
    enabled: isResize,
  });
  const verdict = isResize
    ? verdictOfPlace(weighed.isPlaceholderData ? undefined : weighed.data)
    : moving && judged(moving);
  return { moving, verdict };
}

/** A place where nothing is asked about. */
const nowhere = { date: "", minute: 0, practitioner: "", room: null, minutes: null, override_reason: "" };

const lengthOf = (appointment: BoardVisit) => appointment.to_minute - appointment.from_minute;

const columnOf = (columns: readonly Column[], id: string) =>
  columns.find(({ appointments }) => appointments.some((each) => each.id === id));

const placeOf = ({ appointment, column, minute, minutes, isResize }: Moving, columns: readonly Column[]) => {
  const over = columns.find(({ key }) => key === column);
  return {
    ...nowhere,
    date: over?.date ?? "",
    minute,
    practitioner: over?.practitioner ?? appointment.practitioner,
    room: over?.room ?? null,
    minutes: isResize ? minutes : null,
  };
};
