import type { CalendarDate } from "@internationalized/date";
import { CalendarDays } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import { atOnce } from "../parts/later";

const Month = atOnce(() => import("./month").then((part) => part.Month));

interface DatePickerProps {
  date: CalendarDate;
  onDate: (date: CalendarDate) => void;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** A month to choose a day from, or a day in words. */
export function DatePicker({ date, onDate, isOpen, onOpen }: DatePickerProps) {
  const t = useTranslations("day");
  const go = (chosen: CalendarDate) => {
    onOpen(false);
    onDate(chosen);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <AriaButton
        aria-label={t("chooseDate")}
        aria-keyshortcuts="G"
        className="flex size-8 items-center justify-center rounded-control border border-hairline bg-surface outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2"
      >
        <CalendarDays aria-hidden size={16} />
      </AriaButton>
      <Popover
        placement="bottom start"
        className="w-70 rounded-control border border-edge bg-surface p-3 shadow-xl outline-none"
      >
        <Dialog aria-label={t("chooseDate")} className="outline-none">
          <Month date={date} onDate={go} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
