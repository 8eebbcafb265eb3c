import { CopyPlus, NotebookText } from "lucide-react";
import { memo } from "react";

import type { DayAppointment } from "../../lib/api";
import type { DisciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";
import { useAppointmentWords, useNames } from "../../lib/words";
import { StatusIcon } from "../../parts/status-icon";
import { isOff, type Laned } from "./layout";
import { useScale } from "./scale";

interface VisitCardProps {
  laned: Laned;
  look: DisciplineLook;
  /** Whether it is the one that Tab leads to. */
  isTabStop: boolean;
}

/** Lines of text that fit whole: one says the patient, two the time, three the service. */
const linesIn = (height: number) => (height >= 54 ? 3 : height >= 36 ? 2 : 1);

/** One appointment on the board. */
export const VisitCard = memo(function VisitCard({ laned, look, isTabStop }: VisitCardProps) {
  const { appointment, lane, lanes } = laned;
  const { top, length } = useScale();
  const inWords = useAppointmentWords();
  const height = Math.max(length(appointment.to_minute - appointment.from_minute) - 2, 18);
  const off = isOff(appointment);
  return (
    <li
      className="absolute pr-0.5"
      style={{
        top: top(appointment.from_minute) + 1,
        height,
        left: `${(lane / lanes) * 100}%`,
        width: `${100 / lanes}%`,
      }}
    >
      <button
        type="button"
        data-appointment={appointment.id}
        data-hue={look.hue}
        tabIndex={isTabStop ? 0 : -1}
        className={`flex h-full w-full flex-col overflow-hidden rounded-control pr-1 pl-2 text-left outline-accent focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-offset-1 ${height < 24 ? "justify-center" : "pt-0.5"} ${off ? "bg-raised text-quiet shadow-[inset_3px_0_var(--edge)]" : "bg-hue-tint text-ink shadow-[inset_3px_0_var(--hue)] hover:brightness-[0.97]"}`}
      >
        <span className="sr-only">{inWords(appointment)}</span>
        <Lines appointment={appointment} look={look} lines={linesIn(height)} />
        {!off && <span aria-hidden data-end className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize" />}
      </button>
    </li>
  );
});

interface LinesProps {
  appointment: DayAppointment;
  look: DisciplineLook;
  lines: number;
}

function Lines({ appointment, look, lines }: LinesProps) {
  const { status, series_position: position } = appointment;
  const { time } = useTimes();
  const name = useNames()(appointment.patient_name);
  const Icon = look.icon;
  const off = isOff(appointment);
  const marks = (
    <span className="ml-auto flex shrink-0 items-center gap-1 text-quiet text-small">
      {position && lines > 1 && (
        <span>
          {position.number}/{position.of}
        </span>
      )}
      {appointment.overbooked && <CopyPlus aria-hidden size={13} className="text-rule" />}
      {appointment.note && <NotebookText aria-hidden size={13} />}
      {status !== "booked" && <StatusIcon status={status} />}
    </span>
  );
  return (
    <span aria-hidden className="block min-w-0">
      <span className="flex items-center gap-1 leading-[18px]">
        <span className={`truncate font-semibold ${status === "cancelled" ? "line-through" : ""}`}>
          <bdi>{name}</bdi>
        </span>
        {marks}
      </span>
      {lines > 1 && (
        <span className="flex items-center gap-1 text-quiet text-small">
          <Icon size={12} className={`shrink-0 ${off ? "" : "text-hue-ink"}`} />
          <span className="truncate">
            {time(appointment.from_minute)}
            {lines === 2 && appointment.room ? ` · ${appointment.room}` : `–${time(appointment.to_minute)}`}
          </span>
        </span>
      )}
      {lines > 2 && (
        <span className="block truncate text-quiet text-small">
          {[appointment.service, appointment.room].filter(Boolean).join(" · ")}
        </span>
      )}
    </span>
  );
}
