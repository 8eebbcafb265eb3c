import { useQuery } from "@tanstack/react-query";
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { tell } from "../../frame/toasts";
import { type DayAppointment, type DayPractitioner, type DayView, placeVisit } from "../../lib/api";
import { startsQuery } from "../../lib/queries";
import { isOff } from "./layout";
import { type Moving, onGrid, stepped, verdictOf } from "./moving";
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

/** A broken rule that a reason may override, and the place it is asked for. */
interface Asked {
  moving: Moving;
  words: string;
}

/** Moving visits about the board: by dragging, by choosing a place, and by keys. */
export function useMoving({ view, practitioners, scale, region }: Surface) {
  const t = useTranslations("move");
  const deed = useDeed();
  const [moving, setMoving] = useState<Moving>();
  const [asked, setAsked] = useState<Asked>();
  const press = useRef<{ id: string; x: number; y: number; grip: number }>(undefined);
  const dragged = useRef(false);
  const slot = view.slot_minutes;
  const starts = useQuery({
    ...startsQuery({ kind: "booked", appointment: moving?.appointment.id ?? "" }, view.date),
    enabled: moving !== undefined,
  });
  const verdict = moving && verdictOf(starts.data, moving.practitioner, moving.minute);

  const stop = () => setMoving(undefined);
  const place = async ({ appointment, practitioner, minute }: Moving, override_reason: string) => {
    setMoving(undefined);
    setAsked(undefined);
    await deed(() =>
      placeVisit(appointment.id, {
        date: view.date,
        minute,
        practitioner,
        override_reason,
        room: null,
        minutes: null,
      }),
    );
    region.current?.querySelector<HTMLElement>(`[data-appointment="${CSS.escape(appointment.id)}"]`)?.focus();
  };
  const drop = () => {
    if (!moving) {
      return;
    }
    const home = practitioners.find(({ appointments }) =>
      appointments.some(({ id }) => id === moving.appointment.id),
    );
    if (moving.minute === moving.appointment.from_minute && moving.practitioner === home?.id) {
      stop();
    } else if (verdict?.state === "legal") {
      void place(moving, "");
    } else if (verdict?.state === "reason") {
      setAsked({ moving, words: verdict.words });
      stop();
    } else {
      tell({ text: t("refused", { words: verdict?.words ?? t("outside") }), isFault: true });
      stop();
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
  const take = (id: string, grip?: number) => {
    const found = find(id);
    if (found) {
      setMoving({ ...found, minute: found.appointment.from_minute, grip });
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
        setMoving((now) => now && { ...now, practitioner, minute: onGrid(minute - (now.grip ?? 0), slot) });
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
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { clientX: x, clientY: y } = event;
    const from = press.current;
    if (from && !moving && Math.hypot(x - from.x, y - from.y) > DRAG_AFTER) {
      if (take(from.id, from.grip)) {
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
    place,
    forget: () => setAsked(undefined),
    /** Whether the press that just ended was a drag, so that its click is none. */
    wasDragged: () => dragged.current,
    pointer: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
  };
}
