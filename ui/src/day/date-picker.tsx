import type { CalendarDate } from "@internationalized/date";
import { CalendarDays } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { BareButton } from "../parts/frame-button";
import { atOnce } from "../parts/later";

const DateDialog = atOnce(() => import("./date-dialog").then((part) => part.DateDialog));

interface DatePickerProps {
  date: CalendarDate;
  onDate: (date: CalendarDate) => void;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** The way to another day. */
export function DatePicker({ date, onDate, isOpen, onOpen }: DatePickerProps) {
  const t = useTranslations("day");
  const button = useRef<HTMLButtonElement>(null);
  const go = (chosen: CalendarDate) => {
    onOpen(false);
    onDate(chosen);
  };
  return (
    <>
      <BareButton
        ref={button}
        aria-label={t("chooseDate")}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="G"
        className="flex size-8 items-center justify-center rounded-control border border-hairline bg-surface outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2"
        onPress={() => onOpen(true)}
      >
        <CalendarDays aria-hidden size={16} />
      </BareButton>
      {isOpen && <DateDialog date={date} onDate={go} button={button} onClose={() => onOpen(false)} />}
    </>
  );
}
