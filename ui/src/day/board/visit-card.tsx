import { memo } from "react";

import { usePreferences } from "../../frame/preferences";
import type { DisciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";
import { useAppointmentWords, useNames } from "../../lib/words";
import type { BoardVisit } from "./columns";
import { isOff, type Laned, linesIn } from "./layout";
import { Marks } from "./marks";
import { useScale } from "./scale";

interface VisitCardProps {
  laned: Laned<BoardVisit>;
  look: DisciplineLook;
  /** Whether it is the one that Tab leads to. */
  isTabStop: boolean;
  /** Whether it is on its way to another place; here is its old one. */
  isLifted: boolean;
  /** Whether it is outside what was chosen to be shown. */
  isAside: boolean;
  /** Whether it is shown among the visits of its room, where the practitioner is what differs. */
  isOfRoom: boolean;
}

/** One appointment on the board. */
export const VisitCard = memo(function VisitCard(props: VisitCardProps) {
  const { laned, look, isTabStop, isLifted, isAside, isOfRoom } = props;
  const { appointment, lane, lanes } = laned;
  const { top, length } = useScale();
  const inWords = useAppointmentWords();
  const { density } = usePreferences();
  const height = Math.max(length(appointment.to_minute - appointment.from_minute) - 2, 18);
  const off = isOff(appointment);
  const at = {
    top: top(appointment.from_minute) + 1,
    height,
    left: `${(lane / lanes) * 100}%`,
    width: `${100 / lanes}%`,
  };
  if (appointment.busy) {
    return (
      <li className="absolute pr-0.5" style={at}>
        <Busy said={appointment.patient_name} inWords={inWords(appointment)} />
      </li>
    );
  }
  const faint = isLifted ? "opacity-40 grayscale" : isAside ? "opacity-45" : "";
  return (
    <li className="absolute pr-0.5" style={at}>
      <button
        type="button"
        data-appointment={appointment.id}
        data-hue={look.hue}
        tabIndex={isTabStop ? 0 : -1}
        className={`flex h-full w-full scroll-my-3 flex-col overflow-hidden rounded-control pr-1 pl-2 text-left outline-accent focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-offset-1 ${height < 30 ? "justify-center" : height < 36 ? "" : "pt-0.5"} ${faint} ${off ? "bg-raised text-quiet shadow-[inset_3px_0_var(--edge)]" : "bg-hue-tint text-ink shadow-[inset_3px_0_var(--hue)] hover:brightness-[0.97]"}`}
      >
        <span className="sr-only">
          {inWords(appointment)}
          {isOfRoom && `, ${appointment.practitioner_name}`}
        </span>
        <Lines
          appointment={appointment}
          look={look}
          lines={linesIn(height, density)}
          isNarrow={lanes > 1}
          isOfRoom={isOfRoom}
        />
        {!off && <span aria-hidden data-end className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize" />}
      </button>
    </li>
  );
});

/** Time of somebody else, of which no more is known here. */
function Busy({ said, inWords }: { said: string; inWords: string }) {
  return (
    <div className="flex h-full items-start overflow-hidden rounded-control border border-hairline bg-raised px-2 pt-0.5 text-quiet">
      <span className="sr-only">{inWords}</span>
      <span aria-hidden className="truncate">
        {said}
      </span>
    </div>
  );
}

interface LinesProps {
  appointment: BoardVisit;
  look: DisciplineLook;
  lines: number;
  /** Whether it stands beside another one. */
  isNarrow: boolean;
  isOfRoom: boolean;
}

function Lines({ appointment, look, lines, isNarrow, isOfRoom }: LinesProps) {
  const { status, practitioner_name, room, service } = appointment;
  const { shortTime, shortStretch } = useTimes();
  const name = useNames()(appointment.patient_name);
  const Icon = look.icon;
  const where = isOfRoom ? practitioner_name : room;
  const starts = shortTime(appointment.from_minute);
  // The name has the first line, as far as it can: what is known besides stands below.
  const first = lines === 1 ? "all" : "standing";
  return (
    <span aria-hidden className={`block min-w-0 ${lines === 2 ? "leading-[1.2]" : "leading-[1.3]"}`}>
      <span className="flex items-start gap-1">
        <span
          className={`font-semibold ${isNarrow && lines > 2 ? "line-clamp-2 break-words" : "truncate"} ${status === "cancelled" ? "line-through" : ""}`}
        >
          <bdi>{name}</bdi>
        </span>
        {!(isNarrow && lines > 1) && <Marks appointment={appointment} which={first} />}
      </span>
      {lines > 1 && (
        <span className="flex items-center gap-1 text-quiet text-small leading-[1.25]">
          {!isNarrow && <Icon size={12} className={`shrink-0 ${isOff(appointment) ? "" : "text-hue-ink"}`} />}
          <span className="truncate">
            {isNarrow
              ? starts
              : [lines === 2 ? starts : shortStretch(appointment), where].filter(Boolean).join(" · ")}
          </span>
          {(isNarrow || lines === 2) && (
            <Marks appointment={appointment} which={isNarrow ? "all" : "known"} />
          )}
        </span>
      )}
      {lines > 2 && !isNarrow && (
        <span className="flex items-center gap-1 text-quiet text-small leading-[1.25]">
          <span className="truncate">{service}</span>
          <Marks appointment={appointment} which="known" />
        </span>
      )}
    </span>
  );
}
