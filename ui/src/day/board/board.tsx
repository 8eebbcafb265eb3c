import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { usePreferences } from "../../frame/preferences";
import type { DayView } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { ColumnHead } from "./column-head";
import { type Direction, hoursShown, neighbour } from "./layout";
import { NowLine } from "./now-line";
import { PractitionerColumn } from "./practitioner-column";
import { type Scale, ScaleContext, useScale } from "./scale";

interface BoardProps {
  view: DayView;
  /** Whether `view` is the day before the move, kept until the chosen one is here. */
  isArriving: boolean;
  isToday: boolean;
}

/** A day as columns of practitioners over the hours. */
export function Board({ view, isArriving, isToday }: BoardProps) {
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
  const columns = {
    display: "grid",
    minWidth: "max-content",
    gridTemplateColumns: `52px repeat(${practitioners.length}, minmax(110px, 1fr))`,
  };
  const region = useScrolledToPresent(view.date, isToday, scale);

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directionOf(event);
    const here = event.target instanceof HTMLElement && event.target.dataset.appointment;
    if (!direction || !here) {
      return;
    }
    // Arrows belong to the board while a visit has the focus, not to the days.
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(practitioners, here, direction);
    region.current?.querySelector<HTMLElement>(`[data-appointment="${CSS.escape(next ?? here)}"]`)?.focus();
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
        className={`h-full overflow-auto bg-canvas outline-accent [scroll-padding-top:52px] focus-visible:outline-2 focus-visible:-outline-offset-2 print:hidden ${isArriving ? "opacity-60" : ""}`}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocused(event.target.dataset.appointment ?? focused)}
      >
        <div className="sticky top-0 z-20 border-hairline border-b bg-surface" style={columns}>
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
            />
          ))}
          {isToday && <NowOverColumns />}
        </div>
      </section>
    </ScaleContext>
  );
}

function NowOverColumns() {
  return (
    <div className="pointer-events-none absolute inset-y-0 right-0 left-13">
      <NowLine />
    </div>
  );
}

/** The hours beside the columns. */
function Hours() {
  const { shown, top, height } = useScale();
  const { time } = useTimes();
  const hours = [];
  for (let minute = shown.from_minute; minute < shown.to_minute; minute += 60) {
    hours.push(minute);
  }
  return (
    <div aria-hidden className="sticky left-0 z-10 bg-canvas" style={{ height }}>
      {hours.map((minute) => (
        <span
          key={minute}
          className="absolute right-2 text-quiet text-small"
          style={{ top: top(minute) + (minute === shown.from_minute ? 2 : -8) }}
        >
          {time(minute)}
        </span>
      ))}
    </div>
  );
}

function directionOf(event: KeyboardEvent): Direction | undefined {
  const { key } = event;
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
  const isArrow = key === "ArrowUp" || key === "ArrowDown" || key === "ArrowLeft" || key === "ArrowRight";
  return isPlain && isArrow ? key : undefined;
}

/** Brings the present into sight when today is opened; another day keeps the place of the one before. */
function useScrolledToPresent(date: string, isToday: boolean, scale: Scale) {
  const region = useRef<HTMLElement>(null);
  const scrolled = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (!isToday || scrolled.current === date || !region.current) {
      return;
    }
    scrolled.current = date;
    const now = new Date();
    const minute = now.getHours() * 60 + now.getMinutes();
    const top = ((minute - scale.shown.from_minute) * scale.hourHeight) / 60;
    region.current.scrollTop = Math.max(0, top - region.current.clientHeight / 3);
  }, [date, isToday, scale]);
  return region;
}
