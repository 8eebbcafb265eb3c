import { CalendarDays } from "lucide-react";
import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import type { AffectedVisit } from "../lib/api";
import { parts, useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";

interface HitListProps {
  hit: AffectedVisit[];
  /** Offers the way to each visit on the board, where it is moved or called off. */
  isOpen?: boolean;
}

/** Visits that do not fit, with whom to call. */
export function HitList({ hit, isOpen = false }: HitListProps) {
  const t = useTranslations("setup");
  const { shortDateTime } = useTimes();
  const { leaveFor } = useNavigation();
  const name = useNames();
  const privately = usePrivately();
  return (
    <ul
      aria-label={t(isOpen ? "misplaced" : "hitTitle")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={`divide-y divide-hairline border-hairline border-y outline-accent focus-visible:outline-2 ${isOpen ? "" : "max-h-[44vh] overflow-y-auto"}`}
    >
      {hit.map(({ visit, patient, patient_name, phone, why }) => (
        <li
          key={visit.id}
          className="grid grid-cols-[172px_minmax(0,1fr)_auto] items-baseline gap-x-3 py-1.5 max-sm:grid-cols-1"
        >
          <span className="font-medium">{shortDateTime(visit.start)}</span>
          <span className="min-w-0">
            <button
              type="button"
              onClick={() => leaveFor("patients", { patient })}
              className="min-h-6 max-w-full cursor-default break-words rounded-control text-left font-semibold outline-accent hover:underline focus-visible:outline-2"
            >
              <bdi>{name(patient_name)}</bdi>
            </button>{" "}
            <span className="text-quiet">
              {visit.service} · {visit.practitioner}
            </span>
            <span className="block text-quiet text-small first-letter:uppercase">{why}</span>
          </span>
          <span className="flex items-center gap-3">
            <span className="select-text">{phone ? privately(phone) : t("noPhone")}</span>
            {isOpen && (
              <span className="print:hidden">
                <Button
                  label={t("openVisit", { when: shortDateTime(visit.start) })}
                  onPress={() => leaveFor("day", { date: parts(visit.start).date, appointment: visit.id })}
                >
                  <CalendarDays aria-hidden size={14} className="mr-1.5" /> {t("moveThis")}
                </Button>
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
