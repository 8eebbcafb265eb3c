import { type CalendarDate, parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import type { DateKind } from "../lib/api";
import { dateMarksQuery } from "../lib/queries";
import { useTimes } from "../lib/times";
import { MomentInput } from "../parts/moment-input";

interface MonthProps {
  date: CalendarDate;
  onDate: (date: CalendarDate) => void;
}

const step =
  "flex size-8 items-center justify-center rounded-control outline-accent hover:bg-raised focus-visible:outline-2";

/** Closed is struck through, off is pale, full carries a bar: never a colour alone. */
const looks: Record<DateKind, string> = {
  open: "",
  full: "after:absolute after:inset-x-2 after:bottom-1 after:h-[3px] after:rounded-full after:bg-unusual",
  closed: "text-quiet line-through",
  off: "text-quiet",
};

/** A month with how much each of its days has to give, and a place to type a day in words. */
export function Month({ date, onDate }: MonthProps) {
  const t = useTranslations("day");
  const { dayAndMonth } = useTimes();
  const [typed, setTyped] = useState("");
  const [focused, setFocused] = useState(date);
  const from = focused.set({ day: 1 });
  const to = from.add({ months: 1 }).subtract({ days: 1 });
  const { data } = useQuery(dateMarksQuery(from.toString(), to.toString()));
  const marks = new Map(data?.map((mark) => [mark.date, mark]));
  const mark = marks.get(focused.toString());
  return (
    <>
      <MomentInput
        label={t("goTo")}
        isBare
        isEnterOnly
        placeholder={t("goToHint")}
        className="mb-2"
        typed={typed}
        onTyped={(now) => setTyped(now ?? "")}
        onMoment={(moment) => moment.date && onDate(moment.date)}
      />
      <Calendar
        aria-label={t("chooseDate")}
        value={date}
        firstDayOfWeek="mon"
        focusedValue={focused}
        onFocusChange={(to_) => setFocused(parseDate(to_.toString()))}
        onChange={onDate}
      >
        <header className="mb-2 flex items-center justify-between">
          <AriaButton slot="previous" className={step}>
            <ChevronLeft aria-hidden size={16} />
          </AriaButton>
          <Heading className="font-semibold first-letter:uppercase" />
          <AriaButton slot="next" className={step}>
            <ChevronRight aria-hidden size={16} />
          </AriaButton>
        </header>
        <CalendarGrid weekdayStyle="short" className="w-full">
          <CalendarGridHeader>
            {(day) => (
              <CalendarHeaderCell className="pb-1 font-normal text-quiet text-small">
                {day}
              </CalendarHeaderCell>
            )}
          </CalendarGridHeader>
          <CalendarGridBody>
            {(day) => {
              const kind = marks.get(day.toString())?.kind ?? "open";
              return (
                <CalendarCell
                  date={day}
                  className={`relative mx-auto flex size-8 items-center justify-center rounded-control outline-accent hover:bg-raised focus-visible:outline-2 data-[selected]:bg-accent data-[outside-month]:invisible data-[selected]:text-accent-ink data-today:font-semibold data-today:text-accent data-[selected]:data-today:text-accent-ink ${looks[kind]}`}
                />
              );
            }}
          </CalendarGridBody>
        </CalendarGrid>
      </Calendar>
      <p role="status" className="mt-2 min-h-4 border-hairline border-t pt-2 text-quiet text-small">
        {t("dayIs", {
          date: dayAndMonth(focused),
          what: mark?.closed ? t("closedTitle", { name: mark.closed }) : t(`kind-${mark?.kind ?? "open"}`),
        })}
      </p>
    </>
  );
}
