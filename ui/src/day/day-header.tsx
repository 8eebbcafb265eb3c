import type { CalendarDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight, Minus, Plus, Printer } from "lucide-react";
import { useTranslations } from "use-intl";

import type { DayStatus, DayTotals, DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { StatusIcon } from "../parts/status-icon";
import { DatePicker } from "./date-picker";
import { PractitionerFilter } from "./practitioner-filter";

interface DayHeaderProps {
  date: CalendarDate;
  isToday: boolean;
  /** The day, once it is here. */
  view: DayView | undefined;
  onDate: (date: CalendarDate) => void;
  onPrevious: () => void;
  onNext: () => void;
  onToday: () => void;
  onPrint: () => void;
  onZoom: (steps: 1 | -1) => void;
  onBook: () => void;
}

/** The way between days, the date, the day in numbers, and what is shown of it. */
export function DayHeader({ date, isToday, view, onDate, onZoom, onPrint, onBook, ...go }: DayHeaderProps) {
  const t = useTranslations("day");
  const booking = useTranslations("booking");
  const times = useTimes();
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-hairline border-b bg-surface px-4 py-2.5 print:hidden">
      <nav aria-label={t("days")} className="flex items-center gap-1">
        <Button label={t("previous")} keys="ArrowLeft" onPress={go.onPrevious}>
          <ChevronLeft aria-hidden size={18} />
        </Button>
        <Button keys="T" onPress={go.onToday} isQuiet={isToday}>
          {t("today")}
        </Button>
        <Button label={t("next")} keys="ArrowRight" onPress={go.onNext}>
          <ChevronRight aria-hidden size={18} />
        </Button>
        <DatePicker date={date} onDate={onDate} />
      </nav>
      <h1 aria-live="polite" className="font-semibold text-display tracking-tight">
        {times.date(date)}
      </h1>
      {view && <Totals totals={view.totals} />}
      <div className="ml-auto flex items-center gap-1">
        {view && <PractitionerFilter practitioners={view.practitioners} />}
        <Button label={t("zoomOut")} keys="-" onPress={() => onZoom(-1)}>
          <Minus aria-hidden size={16} />
        </Button>
        <Button label={t("zoomIn")} keys="+" onPress={() => onZoom(1)}>
          <Plus aria-hidden size={16} />
        </Button>
        <Button label={t("printSheet")} keys="P" onPress={onPrint}>
          <Printer aria-hidden size={16} />
        </Button>
        <Button isPrimary keys="N" onPress={onBook}>
          {booking("new")}
        </Button>
      </div>
    </header>
  );
}

const counted: DayStatus[] = ["booked", "arrived", "fulfilled", "cancelled", "noshow"];

function Totals({ totals }: { totals: DayTotals }) {
  const t = useTranslations("day");
  const words = useTranslations("status");
  return (
    <ul aria-label={t("numbers")} className="flex flex-wrap items-center gap-x-4 text-quiet">
      {counted
        .filter((status) => totals[status] > 0)
        .map((status) => (
          <li key={status} className="flex items-center gap-1.5">
            <StatusIcon status={status} />
            <span>
              <span className="font-medium text-ink">{totals[status]}</span> {words(status)}
            </span>
          </li>
        ))}
    </ul>
  );
}
