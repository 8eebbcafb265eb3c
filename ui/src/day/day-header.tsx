import type { CalendarDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight, Minus, Plus, Printer } from "lucide-react";
import { useTranslations } from "use-intl";

import { shownWeek, usePreferences } from "../frame/preferences";
import type { DayStatus, DayTotals, DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { FrameButton } from "../parts/frame-button";
import { StatusIcon } from "../parts/status-icon";
import { BoardFilter } from "./board-filter";
import { DatePicker } from "./date-picker";
import { NarrowField } from "./narrow-field";
import { mondayOf } from "./use-board";
import { WeekChoice } from "./week-choice";

/** What is done from the header of the board. */
export interface DayActions {
  date: (date: CalendarDate) => void;
  step: (steps: 1 | -1) => void;
  today: () => void;
  print: () => void;
  zoom: (steps: 1 | -1) => void;
  book: () => void;
}

interface DayHeaderProps {
  date: CalendarDate;
  today: CalendarDate;
  /** The first day that is shown, once it is here. */
  view: DayView | undefined;
  totals: DayTotals | undefined;
  /** Whether a visit can be booked at all. */
  mayBook: boolean;
  isMonthOpen: boolean;
  onMonth: (isOpen: boolean) => void;
  narrow: string | undefined;
  onNarrow: (typed: string | undefined) => void;
  isNarrowFound: boolean;
  actions: DayActions;
}

/** The way between days or weeks, the date, the day in numbers, and what is shown of it. */
export function DayHeader({ date, today, view, totals, actions, ...props }: DayHeaderProps) {
  const t = useTranslations("day");
  const booking = useTranslations("booking");
  const times = useTimes();
  const weekOf = shownWeek(usePreferences());
  const monday = mondayOf(date);
  const isNow = weekOf ? monday.compare(mondayOf(today)) === 0 : date.compare(today) === 0;
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-hairline border-b bg-surface px-4 py-2.5 print:hidden">
      <nav aria-label={t(weekOf ? "weeks" : "days")} className="flex items-center gap-1">
        <FrameButton
          label={t(weekOf ? "previousWeek" : "previous")}
          keys="ArrowLeft"
          onPress={() => actions.step(-1)}
        >
          <ChevronLeft aria-hidden size={18} />
        </FrameButton>
        <FrameButton keys="T" onPress={actions.today} isQuiet={isNow}>
          {t(weekOf ? "thisWeek" : "today")}
        </FrameButton>
        <FrameButton
          label={t(weekOf ? "nextWeek" : "next")}
          keys="ArrowRight"
          onPress={() => actions.step(1)}
        >
          <ChevronRight aria-hidden size={18} />
        </FrameButton>
        <DatePicker date={date} onDate={actions.date} isOpen={props.isMonthOpen} onOpen={props.onMonth} />
      </nav>
      <h1 aria-live="polite" className="font-semibold text-display tracking-tight first-letter:uppercase">
        {weekOf ? times.dateRange(monday, monday.add({ days: 6 })) : times.dateTitle(date)}
      </h1>
      {totals && <Totals totals={totals} />}
      <div className="ml-auto flex flex-wrap items-center gap-1">
        <NarrowField
          typed={props.narrow}
          onTyped={props.onNarrow}
          isFound={props.isNarrowFound}
          isShown={!weekOf}
        />
        <WeekChoice rooms={view?.rooms ?? []} practitioners={view?.practitioners ?? []} />
        {view && !weekOf && <BoardFilter view={view} />}
        <FrameButton label={t("zoomOut")} keys="-" onPress={() => actions.zoom(-1)}>
          <Minus aria-hidden size={16} />
        </FrameButton>
        <FrameButton label={t("zoomIn")} keys="+" onPress={() => actions.zoom(1)}>
          <Plus aria-hidden size={16} />
        </FrameButton>
        <FrameButton label={t("printSheet")} keys="P" onPress={actions.print}>
          <Printer aria-hidden size={16} />
        </FrameButton>
        {props.mayBook && (
          <FrameButton isPrimary keys="N" onPress={actions.book}>
            {booking("new")}
          </FrameButton>
        )}
      </div>
    </header>
  );
}

const counted: DayStatus[] = ["booked", "arrived", "fulfilled", "cancelled", "noshow"];

/** The day in numbers: pictures on a narrow screen, with their words where there is room. */
function Totals({ totals }: { totals: DayTotals }) {
  const t = useTranslations("day");
  const words = useTranslations("status");
  return (
    <ul aria-label={t("numbers")} className="flex flex-wrap items-center gap-x-3 text-quiet">
      {counted
        .filter((status) => totals[status] > 0)
        .map((status) => (
          <li key={status} title={words(status)} className="flex items-center gap-1">
            <StatusIcon status={status} />
            <span>
              <span className="font-medium text-ink">{totals[status]}</span>{" "}
              <span className="max-2xl:sr-only">{words(status)}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
