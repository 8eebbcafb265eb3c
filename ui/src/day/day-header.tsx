import type { CalendarDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";

import type { DayStatus, DayTotals } from "../lib/api";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { StatusIcon } from "../parts/status-icon";

interface DayHeaderProps {
  date: CalendarDate;
  isToday: boolean;
  clinicName: string | undefined;
  totals: DayTotals | undefined;
  onPrevious: () => void;
  onNext: () => void;
  onToday: () => void;
}

/** The way between days, the date, and the day in numbers. */
export function DayHeader({ date, isToday, clinicName, totals, ...go }: DayHeaderProps) {
  const t = useTranslations("day");
  const times = useTimes();
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-hairline border-b bg-surface px-5 py-2.5">
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
      </nav>
      <h1 aria-live="polite" className="font-semibold text-display tracking-tight">
        {times.date(date)}
      </h1>
      {totals && <Totals totals={totals} />}
      <p className="ml-auto truncate text-quiet max-lg:hidden">{clinicName}</p>
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
