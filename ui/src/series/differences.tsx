import { ArrowRight } from "lucide-react";
import { useTranslations } from "use-intl";

import type { VisitDifference } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";

/** Where visits lay and where they lie then, one to a line. */
export function Differences({ differences, offered }: { differences: VisitDifference[]; offered: string[] }) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  const place = (spot: NonNullable<VisitDifference["before"]>) =>
    t("spot", {
      date: times.shortDate(spot.date),
      time: times.time(spot.minute),
      practitioner: spot.practitioner,
    });
  return (
    <ul className="flex flex-col gap-1 text-small">
      {differences.map(({ session, discipline, before, after }) => {
        const { hue, icon: Icon } = disciplineLook(session.discipline, offered);
        return (
          <li
            key={`${session.discipline} ${session.week}`}
            data-difference={`${session.discipline} ${session.week}`}
            className="flex flex-wrap items-center gap-x-1.5"
          >
            <span data-hue={hue} className="flex items-center gap-1 text-hue-ink">
              <Icon aria-hidden size={12} /> {discipline}
            </span>
            {before && <span className="text-quiet line-through">{place(before)}</span>}
            {before && after && <ArrowRight aria-label={t("becomes")} size={12} className="text-quiet" />}
            {after ? (
              <span className="font-medium">
                {before ? "" : `${t("isNew")} `}
                {place(after)}
              </span>
            ) : (
              <span className="font-medium text-rule">{t("isGone")}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
