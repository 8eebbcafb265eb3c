import { memo, type ReactNode } from "react";

import type { DisciplineLook } from "../../lib/disciplines";
import { useCardWords } from "./card-words";
import type { BoardVisit } from "./columns";
import { isOff, type Laned, linesIn } from "./layout";
import { isStanding, type Mark, Marks } from "./marks";
import { placeLine } from "./place-line";

interface VisitCardProps {
  laned: Laned<BoardVisit>;
  /** At least how wide its column is, in pixels. */
  width: number;
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

/** A card fills its column where nothing stands beside it. */
const place = "absolute right-0.5 left-0";
/**
 * Its end is there to be drawn once the pointer is on it. What is in it is laid out only where it can be seen: a full day
 * is several times as high as the window. Where it stands is its item's: cards without a style of their own share one, so
 * that a browser works out the look of a kind of card once instead of that of each.
 */
const shape =
  "relative flex h-full w-full [content-visibility:auto] scroll-my-3 flex-col rounded-control pr-1 pl-2 text-left outline-accent focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-offset-1";
const standing =
  "bg-hue-tint text-ink shadow-[inset_3px_0_var(--hue)] hover:brightness-[0.97] hover:after:absolute hover:after:inset-x-0 hover:after:bottom-0 hover:after:h-1.5 hover:after:cursor-ns-resize hover:after:content-['']";
const calledOff = "bg-raised text-quiet shadow-[inset_3px_0_var(--edge)]";
/** Time of somebody else, of which no more is known here. */
const busy =
  "flex items-start overflow-hidden rounded-control border border-hairline bg-raised px-2 pt-0.5 text-quiet";
/** What stands beside the words of a card's line, in pixels: its edges and picture, a mark, the place in a series. */
const AROUND = 39;
const MARK = 17;
const POSITION = 34;
const quiet = "text-quiet text-small leading-none";

/** One appointment on the board, in as few elements as can say it: there are hundreds. */
export const VisitCard = memo(function VisitCard(props: VisitCardProps) {
  const { laned, width, top, length, look, isTabStop, isLifted, isAside, isOfRoom } = props;
  const { appointment, lane, lanes } = laned;
  const { practitioner_name, series_position: position, status, service } = appointment;
  const words = useCardWords();
  const height = Math.max(length - 2, 18);
  const off = isOff(appointment);
  const isNarrow = lanes > 1;
  const lines = linesIn(height, words.density);
  const marks = words.marks(appointment);
  // The name has the first line, as far as it can: what is known besides stands below.
  const known = marks.filter((mark) => !isStanding(mark));
  // A width in percent would have WebKit paint it again with whatever else comes into its column.
  const beside = {
    left: `${(lane / lanes) * 100}%`,
    right: `calc(${100 - ((lane + 1) / lanes) * 100}% + 2px)`,
  };
  const said = words.visit(appointment);
  const at = isNarrow ? { top: top + 1, height, ...beside } : { top: top + 1, height };
  if (appointment.busy) {
    return (
      <li className={`${place} ${busy}`} style={at}>
        <span className="sr-only">{said}</span>
        <span aria-hidden className="truncate">
          {appointment.patient_name}
        </span>
      </li>
    );
  }
  const starts = words.starts(appointment.from_minute);
  const where = isOfRoom ? practitioner_name : appointment.room;
  const hasService = lines > 2 && !isNarrow;
  // Each line ends in its own ellipsis, yet one box is clipped instead of three.
  const isPlain = marks.length === 0 && position === null && !isNarrow;
  const shown = words.name(appointment.patient_name);
  const name = (
    <bdi className={status === "cancelled" ? "font-semibold line-through" : "font-semibold"}>
      {isPlain && lines > 1 ? `${shown}\n` : shown}
    </bdi>
  );
  const beyond = lines === 2 ? known.length * MARK + (position === null ? 0 : POSITION) : 0;
  const placed = placeLine(width - AROUND - beyond, {
    stretch: words.stretch(appointment),
    starts,
    where: where || null,
    short: isOfRoom ? undefined : words.shortRooms.get(where ?? ""),
    isShort: lines === 2,
    density: words.density,
  });
  const detail = isNarrow ? (
    <span className={quiet}>{starts}</span>
  ) : (
    <span className={`${quiet} ${off ? "pictured-quiet" : "pictured"}`}>
      {isPlain && hasService ? `${placed}\n` : placed}
    </span>
  );
  const last = hasService && <span className={quiet}>{service}</span>;
  const leading = lines === 2 ? "leading-[1.17]" : "leading-[1.25]";
  return (
    <li className={place} style={at}>
      <button
        type="button"
        data-appointment={appointment.id}
        data-hue={look.hue}
        tabIndex={isTabStop ? 0 : -1}
        className={`${shape} ${leading} ${lines === 1 ? "justify-center" : height < 36 ? "" : "pt-0.5"} ${isLifted ? "opacity-40 grayscale" : isAside ? "opacity-45" : ""} ${off ? calledOff : standing}`}
      >
        <span className="sr-only">{isOfRoom ? `${said}, ${practitioner_name}` : said}</span>
        {isPlain ? (
          <span aria-hidden className="shrink-0 overflow-hidden text-ellipsis whitespace-pre">
            {name}
            {lines > 1 && detail}
            {last}
          </span>
        ) : (
          <>
            <Line
              marks={isNarrow && lines > 1 ? [] : lines === 1 ? marks : marks.filter(isStanding)}
              isTall={isNarrow && lines > 2}
            >
              {name}
            </Line>
            {lines > 1 && (
              <Line
                marks={isNarrow ? marks : lines === 2 ? known : []}
                position={isNarrow || lines > 2 ? null : position}
              >
                {detail}
              </Line>
            )}
            {hasService && (
              <Line marks={known} position={position}>
                {last}
              </Line>
            )}
          </>
        )}
      </button>
    </li>
  );
});

interface LineProps {
  children: ReactNode;
  marks: readonly Mark[];
  position?: BoardVisit["series_position"];
  /** Whether its words may go on in a second one. */
  isTall?: boolean;
}

/** A line of a card, with marks at its end where it has some. */
function Line({ children, marks, position = null, isTall = false }: LineProps) {
  return (
    <span aria-hidden className="flex shrink-0 items-start gap-1">
      <span className={isTall ? "line-clamp-2 break-words" : "truncate"}>{children}</span>
      {(marks.length > 0 || position) && <Marks marks={marks} position={position} />}
    </span>
  );
}
