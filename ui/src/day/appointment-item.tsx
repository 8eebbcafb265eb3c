import { useTranslations } from "use-intl";

import type { DayAppointment } from "../lib/api";
import type { DisciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { useAppointmentWords, useNames } from "../lib/words";
import { StatusIcon } from "../parts/status-icon";
import { useMarks } from "./board/marks";

interface AppointmentItemProps {
  appointment: DayAppointment;
  look: DisciplineLook;
}

/** One appointment on paper: time, patient, service and room, and what the desk must know of it in words. */
export function AppointmentItem({ appointment, look }: AppointmentItemProps) {
  const { series_position: position, status } = appointment;
  const { time } = useTimes();
  const inWords = useAppointmentWords();
  const statusWord = useTranslations("status");
  const name = useNames()(appointment.patient_name);
  const known = useMarks()(appointment).filter(({ id }) => id !== "status");
  const isOff = status === "cancelled" || status === "noshow";
  const Icon = look.icon;
  return (
    <li
      data-hue={look.hue}
      data-appointment={appointment.id}
      className="break-inside-avoid border-hairline border-b py-1.5"
    >
      <span className="sr-only">{inWords(appointment)}</span>
      <div aria-hidden className="grid grid-cols-[62px_1fr_auto] gap-x-2">
        <span className={`font-medium tabular-nums ${isOff ? "text-quiet" : "text-hue-ink"}`}>
          {time(appointment.from_minute)}
        </span>
        <span
          className={`wrap-anywhere ${isOff ? "text-quiet" : "font-semibold text-ink"} ${status === "cancelled" ? "line-through" : ""}`}
        >
          <bdi>{name}</bdi>
        </span>
        <span className="flex h-5 items-center gap-1.5 text-quiet text-small">
          {position && (
            <span>
              {position.number}/{position.of}
            </span>
          )}
          <StatusIcon status={status} />
          {status !== "booked" && statusWord(status)}
        </span>
        <span className="text-quiet text-small tabular-nums">{time(appointment.to_minute)}</span>
        <span className="col-span-2 flex min-w-0 gap-1 text-quiet text-small">
          <Icon size={12} className={`mt-0.5 shrink-0 ${isOff ? "" : "text-hue-ink"}`} />
          <span className="wrap-anywhere">
            {[appointment.service, appointment.room, ...known.map(({ name }) => name)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      </div>
    </li>
  );
}
