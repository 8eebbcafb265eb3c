import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate, currentMinute } from "../lib/today";
import { PractitionerDay } from "./practitioner-day";

/** The day sheet: the appointments of a day on paper, one list for each practitioner. */
export function DayAgenda({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const { date, shortDate, time, weekday } = useTimes();
  const printed = `${shortDate(currentDate())}, ${time(currentMinute())}`;
  return (
    <section aria-label={date(view.date)} className="table w-full break-after-page last:break-after-auto">
      {/* Said again at the top of each page, so that a loose one is known. */}
      <div className="table-header-group break-inside-avoid">
        <header className="mb-4 flex items-baseline justify-between gap-4 border-ink border-b pb-2">
          <h1 className="font-semibold text-display first-letter:uppercase">{date(view.date)}</h1>
          <p className="text-quiet">
            <bdi>{view.clinic_name}</bdi>
            <span className="block text-right text-small">{t("printedAt", { when: printed })}</span>
          </p>
        </header>
      </div>
      <div className="table-row-group">
        {view.closed !== null && <p className="mb-4">{t("closed", { name: view.closed })}</p>}
        {view.closed === null && view.practitioners.length === 0 && (
          <p>{t("nobody", { weekday: weekday(view.date) })}</p>
        )}
        <div className="grid grid-cols-2 items-start gap-x-6 gap-y-6">
          {view.practitioners.map((practitioner) => (
            <PractitionerDay key={practitioner.id} practitioner={practitioner} offered={view.disciplines} />
          ))}
        </div>
      </div>
    </section>
  );
}
