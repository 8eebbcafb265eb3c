/** A proposal on the day board: its visits as ghosts, and the way there and back. */

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslations } from "use-intl";

import { useScale } from "../day/board/scale";
import { useNavigation } from "../frame/navigation";
import type { ProposedVisit } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { recordQuery } from "../patients/queries";
import { haunt, useDraft } from "./draft";

/** Where visits are drawn: what one practitioner has on one date. */
interface Place {
  date: string;
  practitioner: string | undefined;
}

/** Whether a proposed visit is drawn in a column. */
export const isGhostIn = (visit: ProposedVisit, { date, practitioner }: Place) =>
  visit.date === date && visit.practitioner === practitioner;

/** The earliest of the proposed visits that are drawn in any of some columns. */
export function useFirstGhost(columns: readonly Place[]): ProposedVisit | undefined {
  const ghosts = useDraft()?.ghosts;
  return ghosts?.visits
    .filter((visit) => columns.some((column) => isGhostIn(visit, column)))
    .toSorted((one, other) => one.date.localeCompare(other.date) || one.minute - other.minute)[0];
}

interface GhostVisitsProps extends Place {
  offered: string[];
  /** The first that is on the board at all, where it is among them. */
  first: ProposedVisit | undefined;
}

/** The proposed visits that lie in one column of the board. */
export function GhostVisits({ offered, first, ...place }: GhostVisitsProps) {
  const ghosts = useDraft()?.ghosts;
  const { top, length } = useScale();
  const { time } = useTimes();
  const visits = ghosts?.visits.filter((visit) => isGhostIn(visit, place));
  return visits?.map((visit) => {
    const { hue, icon: Icon } = disciplineLook(visit.session.discipline, offered);
    return (
      <p
        ref={visit === first ? bringIn : undefined}
        key={`${visit.session.discipline} ${visit.session.week}`}
        data-ghost
        data-hue={hue}
        className="pointer-events-none absolute right-1 left-1 z-10 flex scroll-my-24 items-start gap-1 overflow-hidden rounded-control border-2 border-hue border-dashed bg-hue-tint/70 px-1.5 font-semibold text-hue-ink"
        style={{ top: top(visit.minute), height: length(visit.to_minute - visit.minute) }}
      >
        <Icon aria-hidden size={14} className="mt-0.5 shrink-0" />
        <span className="truncate">
          {time(visit.minute)}–{time(visit.to_minute)}
          <span className="sr-only"> {visit.discipline}</span>
        </span>
      </p>
    );
  });
}

/** Brings the first visit into sight, as soon as it is on the board. */
const bringIn = (ghost: HTMLElement | null) => ghost?.scrollIntoView?.({ block: "nearest" });

interface GhostBarProps {
  /** The dates that the board shows. */
  from: string;
  to: string;
  onDate: (date: string) => void;
}

/** Whose proposal is on the board, the way through its days, and the way back. */
export function GhostBar({ from, to, onDate }: GhostBarProps) {
  const ghosts = useDraft()?.ghosts;
  return ghosts ? <Bar ghosts={ghosts} from={from} to={to} onDate={onDate} /> : null;
}

function Bar({
  ghosts,
  from,
  to,
  onDate,
}: GhostBarProps & { ghosts: NonNullable<NonNullable<ReturnType<typeof useDraft>>["ghosts"]> }) {
  const t = useTranslations("seriesScreen");
  const { go } = useNavigation();
  const name = useNames();
  const record = useQuery(recordQuery(ghosts.patient));
  const dates = [...new Set(ghosts.visits.map(({ date }) => date))].sort();
  const before = dates.findLast((date) => date < from);
  const after = dates.find((date) => date > to);
  return (
    <section
      aria-label={t("showOnBoard")}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-accent border-b-2 bg-surface px-4 py-1.5 print:hidden"
    >
      <p className="min-w-0 flex-1 truncate">
        {t(from === to ? "ghostsOf" : "ghostsOfWeek", {
          aims: ghosts.title,
          patient: name(record.data?.form.name ?? "…"),
          count: ghosts.visits.filter(({ date }) => date >= from && date <= to).length,
        })}
      </p>
      <Button label={t("previousGhost")} isDisabled={!before} onPress={() => before && onDate(before)}>
        <ChevronLeft aria-hidden size={16} />
      </Button>
      <Button label={t("nextGhost")} isDisabled={!after} onPress={() => after && onDate(after)}>
        <ChevronRight aria-hidden size={16} />
      </Button>
      <Button isPrimary onPress={() => go("series")}>
        {t("backToSeries")}
      </Button>
      <Button label={t("hideGhosts")} onPress={() => haunt(undefined)}>
        <X aria-hidden size={16} />
      </Button>
    </section>
  );
}
