import { memo, type ReactElement, type ReactNode } from "react";

import type { DisciplineLook } from "../../lib/disciplines";
import { useCardWords } from "./card-words";
import type { BoardVisit } from "./columns";
import { isOff, type Laned, linesIn } from "./layout";
import { isStanding, Marks } from "./marks";

interface VisitCardProps {
  laned: Laned<BoardVisit>;
  /** Where it starts and how long it is, in pixels. */
  top: number;
  length: number;
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

/** A card fills its column where nothing stands beside it; its end is there to be drawn once the pointer is on it. */
const shape =
  "absolute right-0.5 left-0 flex scroll-my-3 flex-col overflow-hidden rounded-control pr-1 pl-2 text-left outline-accent focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-offset-1";
const standing =
  "bg-hue-tint text-ink shadow-[inset_3px_0_var(--hue)] hover:brightness-[0.97] hover:after:absolute hover:after:inset-x-0 hover:after:bottom-0 hover:after:h-1.5 hover:after:cursor-ns-resize hover:after:content-['']";
const calledOff = "bg-raised text-quiet shadow-[inset_3px_0_var(--edge)]";
const line = "shrink-0 truncate text-quiet text-small leading-[1.25]";

/** One appointment on the board, in as few elements as can say it: there are hundreds. */
export const VisitCard = memo(function VisitCard(props: VisitCardProps) {
  const { laned, top, length, look, isTabStop, isLifted, isAside, isOfRoom } = props;
  const { appointment, lane, lanes } = laned;
  const { practitioner_name, series_position: position, status, service } = appointment;
  const words = useCardWords();
  const height = Math.max(length - 2, 18);
  const off = isOff(appointment);
  const isNarrow = lanes > 1;
  const lines = linesIn(height, words.density);
  const marks = words.marks(appointment);
  const beside = { left: `${(lane / lanes) * 100}%`, width: `calc(${100 / lanes}% - 2px)` };
  const said = words.visit(appointment);
  const starts = words.starts(appointment.from_minute);
  const where = isOfRoom ? practitioner_name : appointment.room;
  // The name has the first line, as far as it can: what is known besides stands below.
  const first = isNarrow && lines > 1 ? [] : lines === 1 ? marks : marks.filter(isStanding);
  const known = isNarrow ? marks : marks.filter((mark) => !isStanding(mark));
  const last = <Marks marks={known} position={isNarrow ? null : position} />;
  const hasLast = known.length > 0 || (position !== null && !isNarrow);
  return (
    <li className="contents">
      <button
        type="button"
        data-appointment={appointment.id}
        data-hue={look.hue}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={isOfRoom ? `${said}, ${practitioner_name}` : said}
        className={`${shape} ${lines === 1 ? "justify-center" : height < 36 ? "" : "pt-0.5"} ${isLifted ? "opacity-40 grayscale" : isAside ? "opacity-45" : ""} ${off ? calledOff : standing}`}
        style={isNarrow ? { top: top + 1, height, ...beside } : { top: top + 1, height }}
      >
        <Row marks={first.length > 0 && <Marks marks={first} position={null} />}>
          <bdi
            className={`shrink-0 font-semibold ${lines === 2 ? "leading-[1.2]" : "leading-[1.3]"} ${isNarrow && lines > 2 ? "line-clamp-2 break-words" : "truncate"} ${status === "cancelled" ? "line-through" : ""}`}
          >
            {words.name(appointment.patient_name)}
          </bdi>
        </Row>
        {lines > 1 && (
          <Row marks={(isNarrow || lines === 2) && hasLast && last}>
            <span className={isNarrow ? line : `${line} ${off ? "pictured-quiet" : "pictured"}`}>
              {isNarrow
                ? starts
                : [lines === 2 ? starts : words.stretch(appointment), where].filter(Boolean).join(" · ")}
            </span>
          </Row>
        )}
        {lines > 2 && !isNarrow && (
          <Row marks={hasLast && last}>
            <span className={line}>{service}</span>
          </Row>
        )}
      </button>
    </li>
  );
});

/** A line of a card, with marks at its end where it has some. */
function Row({ children, marks }: { children: ReactElement; marks: ReactNode }) {
  return marks ? (
    <span className="flex shrink-0 items-center gap-1 *:first:shrink">
      {children}
      {marks}
    </span>
  ) : (
    children
  );
}
