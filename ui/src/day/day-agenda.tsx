import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { DayEmpty } from "./day-states";
import { PractitionerDay } from "./practitioner-day";

interface DayAgendaProps {
  view: DayView;
  /** Whether `view` is the day before the move, kept until the chosen one is here. */
  isArriving: boolean;
  onNext: () => void;
}

/** The appointments of a day, one list for each practitioner. */
export function DayAgenda({ view, isArriving, onNext }: DayAgendaProps) {
  const t = useTranslations("day");
  const { date } = useTimes();
  const offered = view.disciplines;
  if (view.practitioners.length === 0) {
    return <DayEmpty view={view} onNext={onNext} />;
  }
  return (
    <section
      aria-label={date(view.date)}
      aria-busy={isArriving}
      data-date={view.date}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={`h-full overflow-y-auto px-5 py-5 outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 ${isArriving ? "opacity-60" : ""}`}
    >
      {view.closed !== null && (
        <p className="mb-4 rounded-control border border-hairline bg-raised px-3 py-2">
          {t("closed", { name: view.closed })}
        </p>
      )}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(280px,1fr))] items-start gap-x-5 gap-y-7">
        {view.practitioners.map((practitioner) => (
          <PractitionerDay key={practitioner.id} practitioner={practitioner} offered={offered} />
        ))}
      </div>
    </section>
  );
}
