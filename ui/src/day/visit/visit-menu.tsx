import { CalendarX2, Move, SquareArrowOutUpRight } from "lucide-react";
import { useMemo } from "react";
import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { type DayAppointment, putStatus } from "../../lib/api";
import { useNames } from "../../lib/words";
import { StatusIcon } from "../../parts/status-icon";

interface VisitMenuProps {
  visit: DayAppointment;
  /** What it is shown beside. */
  element: HTMLElement;
  onClose: () => void;
  onOpen: (how?: "cancelling") => void;
  onMove: () => void;
}

const item =
  "flex h-8 items-center gap-2 rounded-control px-2 outline-none focus:bg-raised disabled:opacity-50";
const marks = ["arrived", "fulfilled", "noshow"] as const;

/** What is done with a visit without opening it; what holds already is taken back by the same choice. */
export function VisitMenu({ visit, element, onClose, onOpen, onMove }: VisitMenuProps) {
  const t = useTranslations("card");
  const name = useNames();
  const deed = useDeed();
  const trigger = useMemo(() => ({ current: element }), [element]);
  const isCancelled = visit.status === "cancelled";
  const put = (status: (typeof marks)[number] | "booked") =>
    void deed(() => putStatus(visit.id, visit.status === status ? "booked" : status), visit.id);
  return (
    <Popover
      isOpen
      triggerRef={trigger}
      placement="right top"
      offset={2}
      className="min-w-52 rounded-control border border-edge bg-surface shadow-xl"
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Menu
        aria-label={name(visit.patient_name)}
        autoFocus="first"
        className="p-1.5 outline-none"
        onClose={onClose}
        onAction={(key) => {
          onClose();
          if (key === "open") {
            onOpen();
          } else if (key === "move") {
            onMove();
          } else if (key === "cancel") {
            onOpen("cancelling");
          } else if (key === "booked") {
            put("booked");
          } else {
            const status = marks.find((mark) => mark === key);
            if (status) {
              put(status);
            }
          }
        }}
      >
        {isCancelled ? (
          <MenuItem id="booked" textValue={t("backToBooked")} className={item}>
            <StatusIcon status="booked" />
            {t("backToBooked")}
          </MenuItem>
        ) : (
          marks.map((status) => (
            <MenuItem
              key={status}
              id={status}
              textValue={t(status)}
              className={`${item} ${visit.status === status ? "font-semibold text-accent" : ""}`}
            >
              <StatusIcon status={status} />
              {visit.status === status ? t("takeBack", { what: t(status) }) : t(status)}
            </MenuItem>
          ))
        )}
        <Separator className="mx-1 my-1.5 border-hairline border-t" />
        {!isCancelled && visit.status !== "noshow" && (
          <MenuItem id="move" textValue={t("move")} className={item}>
            <Move aria-hidden size={14} className="text-quiet" />
            {t("move")}
          </MenuItem>
        )}
        {!isCancelled && (
          <MenuItem id="cancel" textValue={t("cancel")} className={item}>
            <CalendarX2 aria-hidden size={14} className="text-quiet" />
            {t("cancel")}
          </MenuItem>
        )}
        <MenuItem id="open" textValue={t("open")} className={item}>
          <SquareArrowOutUpRight aria-hidden size={14} className="text-quiet" />
          {t("open")}
        </MenuItem>
      </Menu>
    </Popover>
  );
}
