import { useTranslations } from "use-intl";

import type { SeriesProposal } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";

const days = [0, 1, 2, 3, 4, 5, 6];

/** Weeks as lines and days as columns, each visit in its place, the gap of each pair behind them. */
export function RhythmStrip({ proposal }: { proposal: SeriesProposal }) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  if (proposal.weeks.length === 0) {
    return null;
  }
  const offered = [...new Set(proposal.weeks.flatMap(({ visits }) => visits.map((each) => each.discipline)))];
  return (
    <table
      aria-label={t("strip", { aim: proposal.aim })}
      className="w-full table-fixed border-collapse text-small"
    >
      <thead>
        <tr className="text-quiet">
          <td className="w-13" />
          {times.weekdays("short").map((weekday) => (
            <th key={weekday} scope="col" className="pb-1 text-center font-normal">
              {weekday}
            </th>
          ))}
          <td className="w-14" />
        </tr>
      </thead>
      <tbody>
        {proposal.weeks.map((week) => (
          <tr key={week.monday} className="border-hairline border-t">
            <th scope="row" className="py-1 text-left font-normal text-quiet">
              {times.dayAndMonth(week.monday)}
            </th>
            {days.map((day) => (
              <td key={day} className="px-px py-1">
                {week.visits
                  .filter((visit) => visit.weekday === day)
                  .map((visit) => {
                    const { hue, icon: Icon } = disciplineLook(visit.discipline, offered);
                    const words = t("visit", {
                      date: times.shortDate(visit.date),
                      time: times.time(visit.minute),
                      discipline: visit.discipline,
                      practitioner: visit.practitioner,
                    });
                    return (
                      <span
                        key={visit.minute}
                        data-hue={hue}
                        title={visit.differs ? `${words}: ${t("differs")}` : words}
                        className={`flex flex-col items-center rounded-control bg-hue-tint py-0.5 text-hue-ink ${visit.differs ? "outline-1 outline-unusual outline-dashed" : ""}`}
                      >
                        <Icon aria-hidden size={12} />
                        <span className="sr-only">{visit.discipline} </span>
                        {times.time(visit.minute)}
                        {visit.differs && <span className="sr-only"> {t("differs")}</span>}
                      </span>
                    );
                  })}
              </td>
            ))}
            <td className="pl-1 text-right text-quiet">{week.gap}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
