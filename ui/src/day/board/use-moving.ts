import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { tell } from "../../frame/toasts";
import { type DayAppointment, type DayPractitioner, type DayView, placeVisit } from "../../lib/api";
import { placeQuery, startsQuery } from "../../lib/queries";
import { isOff } from "./layout";
import { lengthTo, type Moving, onGrid, stepped, type Verdict, verdictOf, verdictOfPlace } from "./moving";
import type { Scale } from "./scale";

/** How far the pointer goes before a press becomes a drag, in pixels. */
const DRAG_AFTER = 4;
/** How near to the edge of the board a drag scrolls it, and how far at once. */
const EDGE = 36;
const SCROLL = 14;

interface Surface {
  view: DayView;
  practitioners: DayPractitioner[];
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
}

/** Moving visits about the board, and their ends: by dragging, by choosing a place, and by keys. */
export function useMoving({ view, practitioners, scale, region }: Surface) {
  const t = useTranslations("move");
  const deed = useDeed();
  const [moving, setMoving] = useState<Moving>();
  const [asked, setAsked] = useState<Asked>();
  const client = useQueryClient();
  const press = useRef<{ id: string; x: number; y: number; grip: number; isResize: boolean }>(undefined);
  const dragged = useRef(false);
  const slot = view.slot_minutes;
  const wanted = { kind: "booked" as const, appointment: moving?.appointment.id ?? "" };
  const isResize = moving?.isResize === true;
  const starts = useQuery({ ...startsQuery(wanted, view.date), enabled: moving !== undefined && !isResize });
  const place = moving && placeOf(moving, view.date);
  const weighed = useQuery({
    ...placeQuery(wanted, place ?? nowhere),
    enabled: isResize,
  });
  const verdict = isResize
    ? verdictOfPlace(weighed.isPlaceholderData ? undefined : weighed.data)
    : moving && verdictOf(starts.data, moving.practitioner, moving.minute);

  const stop = () => setMoving(undefined);
  const put = async (what: Moving, override_reason: string) => {
    setMoving(undefined);
    setAsked(undefined);
    await deed(() => placeVisit(what.appointment.id, { ...placeOf(what, view.date), override_reason }));
    region.current
      ?.querySelector<HTMLElement>(`[data-appointment="${CSS.escape(what.appointment.id)}"]`)
      ?.focus();
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
    if (!moving) {
      return;
    }
    const { appointment, minute, minutes } = moving;
    const home = practitioners.find(({ appointments }) =>
      appointments.some(({ id }) => id === appointment.id),
    );
    const isSame =
      minute === appointment.from_minute &&
      minutes === lengthOf(appointment) &&
      moving.practitioner === home?.id;
    if (isSame) {
      stop();
    } else if (moving.isResize) {
      // The pointer may be quicker than the answer.
      client
        .fetchQuery(placeQuery(wanted, placeOf(moving, view.date)))
        .then((answer) => settle(moving, verdictOfPlace(answer)))
        .catch((error: unknown) => {
          tell({ text: error instanceof Error ? error.message : String(error), isFault: true });
          stop();
        });
    } else {
      settle(moving, verdict);
    }
  };

  const find = (id: string): { appointment: DayAppointment; practitioner: string } | undefined => {
    for (const practitioner of practitioners) {
      const appointment = practitioner.appointments.find((each) => each.id === id);
      if (appointment && !isOff(appointment)) {
        return { appointment, practitioner: practitioner.id };
      }
    }
    return undefined;
  };
  /** Takes a visit up, so that arrows or the pointer choose its place. */
  const take = (id: string, { grip, isResize = false }: Hold = {}) => {
    const found = find(id);
    if (found) {
      const { appointment } = found;
      setMoving({
        ...found,
        minute: appointment.from_minute,
        minutes: lengthOf(appointment),
        isResize,
        grip,
      });
    }
    return found !== undefined;
  };
  const step = (key: string) => {
    setMoving((now) => now && stepped(now, key, practitioners, slot));
  };

  const follow = (x: number, y: number) => {
    const board = region.current;
    if (!board) {
      return;
    }
    const edges = board.getBoundingClientRect();
    if (y > edges.bottom - EDGE) {
      board.scrollTop += SCROLL;
    } else if (y < edges.top + EDGE + 48) {
      board.scrollTop -= SCROLL;
    }
    for (const column of board.querySelectorAll<HTMLElement>("[data-practitioner]")) {
      const box = column.getBoundingClientRect();
      if (x >= box.left && x < box.right) {
        const minute = scale.shown.from_minute + ((y - box.top) * 60) / scale.hourHeight;
        const practitioner = column.dataset.practitioner ?? "";
        setMoving(
          (now) =>
            now &&
            (now.isResize
              ? { ...now, minutes: lengthTo(minute, now.minute, slot) }
              : { ...now, practitioner, minute: onGrid(minute - (now.grip ?? 0), slot) }),
        );
        return;
      }
    }
  };

  const onPointerDown = (event: PointerEvent) => {
    dragged.current = false;
    const card =
      event.target instanceof HTMLElement && event.target.closest<HTMLElement>("[data-appointment]");
    if (!card || event.button !== 0 || moving) {
      return;
    }
    const held = event.clientY - card.getBoundingClientRect().top;
    press.current = {
      id: card.dataset.appointment ?? "",
      x: event.clientX,
      y: event.clientY,
      grip: (held * 60) / scale.hourHeight,
      isResize: event.target instanceof HTMLElement && event.target.dataset.end !== undefined,
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { clientX: x, clientY: y } = event;
    const from = press.current;
    if (from && !moving && Math.hypot(x - from.x, y - from.y) > DRAG_AFTER) {
      if (take(from.id, from)) {
        dragged.current = true;
        event.currentTarget.setPointerCapture?.(event.pointerId);
      } else {
        press.current = undefined;
      }
    } else if (moving && (from || moving.grip === undefined)) {
      follow(x, y);
    }
  };
  const onPointerUp = () => {
    const wasDrag = press.current && moving;
    press.current = undefined;
    if (wasDrag) {
      drop();
    }
  };
  const onPointerCancel = () => {
    press.current = undefined;
    stop();
  };

  useEffect(() => {
    if (!moving) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.preventDefault();
        press.current = undefined;
        setMoving(undefined);
      }
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [moving]);

  return {
    moving,
    verdict,
    starts: starts.data,
    asked,
    take,
    step,
    drop,
    stop,
    put,
    forget: () => setAsked(undefined),
    /** Whether the press that just ended was a drag, so that its click is none. */
    wasDragged: () => dragged.current,
    pointer: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
  };
}

/** A place where nothing is asked about. */
const nowhere = { date: "", minute: 0, practitioner: "", room: null, minutes: null, override_reason: "" };

const lengthOf = (appointment: DayAppointment) => appointment.to_minute - appointment.from_minute;

const placeOf = ({ practitioner, minute, minutes, isResize }: Moving, date: string) => ({
  ...nowhere,
  date,
  minute,
  practitioner,
  minutes: isResize ? minutes : null,
});
