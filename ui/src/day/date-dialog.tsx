import type { CalendarDate } from "@internationalized/date";
import type { RefObject } from "react";
import { Dialog, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import { Month } from "./month";

interface DateDialogProps {
  date: CalendarDate;
  onDate: (date: CalendarDate) => void;
  /** What it hangs on. */
  button: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A month to choose a day from, or a day in words. */
export function DateDialog({ date, onDate, button, onClose }: DateDialogProps) {
  const t = useTranslations("day");
  return (
    <Popover
      isOpen
      trigger="DialogTrigger"
      triggerRef={button}
      placement="bottom start"
      className="w-70 rounded-control border border-edge bg-surface p-3 shadow-xl outline-none"
      onOpenChange={onClose}
    >
      <Dialog aria-label={t("chooseDate")} className="outline-none">
        <Month date={date} onDate={onDate} />
      </Dialog>
    </Popover>
  );
}
