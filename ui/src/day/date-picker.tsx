import type { CalendarDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  DialogTrigger,
  Heading,
  Popover,
} from "react-aria-components";
import { useTranslations } from "use-intl";

interface DatePickerProps {
  date: CalendarDate;
  onDate: (date: CalendarDate) => void;
}

const step =
  "flex size-8 items-center justify-center rounded-control outline-accent hover:bg-raised focus-visible:outline-2";

/** A month to choose a day from. */
export function DatePicker({ date, onDate }: DatePickerProps) {
  const t = useTranslations("day");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <AriaButton
        aria-label={t("chooseDate")}
        className="flex size-8 items-center justify-center rounded-control border border-hairline bg-surface outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2"
      >
        <CalendarDays aria-hidden size={16} />
      </AriaButton>
      <Popover
        placement="bottom start"
        className="rounded-control border border-edge bg-surface p-3 shadow-xl outline-none"
      >
        <Dialog aria-label={t("chooseDate")} className="outline-none">
          <Calendar
            autoFocus
            aria-label={t("chooseDate")}
            value={date}
            onChange={(chosen) => {
              setIsOpen(false);
              onDate(chosen);
            }}
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
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>
                {(day) => (
                  <CalendarHeaderCell className="pb-1 font-normal text-quiet text-small">
                    {day}
                  </CalendarHeaderCell>
                )}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(day) => (
                  <CalendarCell
                    date={day}
                    className="flex size-8 items-center justify-center rounded-control outline-accent hover:bg-raised focus-visible:outline-2 data-[selected]:bg-accent data-[outside-month]:text-quiet data-[selected]:text-accent-ink"
                  />
                )}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
