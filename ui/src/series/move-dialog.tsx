import { parseDate } from "@internationalized/date";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslations } from "use-intl";

import { type PlacedSession, type ProposedVisit, type SeriesAsk, sessionStarts } from "../lib/api";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Failure, Loading } from "../parts/state";

interface MoveDialogProps {
  ask: SeriesAsk;
  visit: ProposedVisit;
  onClose: () => void;
  onChoose: (pin: PlacedSession) => void;
}

/** Where one visit may lie: a day of its week, then a start with anybody who offers it; what is blocked says why. */
export function MoveDialog({ ask, visit, onClose, onChoose }: MoveDialogProps) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  const [date, setDate] = useState(visit.date);
  const { session } = visit;
  const starts = useQuery({
    queryKey: ["session-starts", ask, session, date],
    queryFn: () => sessionStarts(ask, session, date),
    placeholderData: keepPreviousData,
  });
  const day = parseDate(date);
  const monday = day.subtract({ days: (day.toDate("UTC").getUTCDay() + 6) % 7 });
  const week = [0, 1, 2, 3, 4, 5, 6].map((days) => monday.add({ days }).toString());
  const away = (starts.data ?? []).filter((each) => each.away !== null);
  const here = (starts.data ?? []).filter((each) => each.away === null);
  return (
    <Dialog
      title={t("moveTitle", { discipline: visit.discipline, week: session.week + 1 })}
      isOpen
      onClose={onClose}
      width="wide"
    >
      <div className="flex items-center gap-1 border-hairline border-b px-4 py-2">
        <Button label={t("weekBefore")} onPress={() => setDate(day.subtract({ weeks: 1 }).toString())}>
          <ChevronLeft aria-hidden size={16} />
        </Button>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in one line with its legend */}
        <div role="group" aria-label={t("dayOfWeek")} className="flex min-w-0 flex-1 flex-wrap gap-1">
          {week.map((each) => (
            <AriaButton
              key={each}
              aria-pressed={each === date}
              onPress={() => setDate(each)}
              className={`h-8 flex-1 whitespace-nowrap rounded-control border px-1 text-small outline-accent focus-visible:outline-2 ${each === date ? "border-accent bg-raised font-semibold text-accent" : "border-hairline hover:border-edge"}`}
            >
              {times.shortDate(each)}
            </AriaButton>
          ))}
        </div>
        <Button label={t("weekAfter")} onPress={() => setDate(day.add({ weeks: 1 }).toString())}>
          <ChevronRight aria-hidden size={16} />
        </Button>
      </div>
      <div
        aria-busy={starts.isPlaceholderData}
        className={`max-h-[56vh] min-h-40 overflow-y-auto px-4 py-3 ${starts.isPlaceholderData ? "opacity-60" : ""}`}
      >
        {starts.error ? (
          <Failure error={starts.error} onRetry={() => starts.refetch()} />
        ) : !starts.data ? (
          <Loading />
        ) : (
          <div className="flex flex-col gap-4">
            {here.map((each) => (
              <section key={each.practitioner} aria-label={each.name}>
                <h3 className="mb-1 font-semibold">{each.name}</h3>
                {each.legal.length === 0 && <p className="text-quiet">{t("noStart")}</p>}
                <div className="flex flex-wrap gap-1">
                  {each.legal.map((minute) => {
                    const isNow =
                      minute === visit.minute &&
                      date === visit.date &&
                      each.practitioner === visit.practitioner;
                    return (
                      <AriaButton
                        key={minute}
                        isDisabled={starts.isPlaceholderData}
                        aria-pressed={isNow}
                        onPress={() => onChoose({ session, date, minute, practitioner: each.practitioner })}
                        className={`h-7 min-w-14 rounded-control border px-1.5 tabular-nums outline-accent focus-visible:outline-2 ${isNow ? "border-accent bg-raised font-semibold text-accent" : "border-hairline bg-surface hover:border-edge"}`}
                      >
                        {times.time(minute)}
                      </AriaButton>
                    );
                  })}
                </div>
                {each.blocked.length > 0 && (
                  <ul className="mt-1.5 text-quiet text-small">
                    {each.blocked.map((stretch) => (
                      <li key={stretch.from_minute}>
                        <span className="text-ink">
                          {stretch.from_minute === stretch.to_minute
                            ? times.time(stretch.from_minute)
                            : times.stretch(stretch)}
                        </span>{" "}
                        {stretch.words}
                      </li>
                    ))}
                  </ul>
                )}
              </section>
            ))}
            {away.length > 0 && (
              <p className="text-quiet text-small">
                {away.map((each) => t("awayIs", { name: each.name, why: each.away ?? "" })).join(" · ")}
              </p>
            )}
            {starts.data.length === 0 && <p className="text-quiet">{t("noStart")}</p>}
          </div>
        )}
      </div>
      <footer className="flex items-center justify-between gap-2 border-hairline border-t px-4 py-3">
        <p className="text-quiet text-small">{t("moveAdvice")}</p>
        <Button onPress={onClose}>{t("cancel")}</Button>
      </footer>
    </Dialog>
  );
}
