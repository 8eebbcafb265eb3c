import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate, currentMinute } from "../lib/today";
import { PractitionerDay } from "./practitioner-day";

/** The day sheet: the appointments of a day on paper, one list for each practitioner. */
export function DayAgenda({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const { date, shortDate, time } = useTimes();
  const printed = `${shortDate(currentDate())}, ${time(currentMinute())}`;
  return (
    <section aria-label={date(view.date)} className="px-5 py-4 print:break-after-page print:p-0">
      <header className="mb-4 flex items-baseline justify-between gap-4 border-ink border-b pb-2">
        <h1 className="font-semibold text-display first-letter:uppercase">{date(view.date)}</h1>
        <p className="text-quiet">
          <bdi>{view.clinic_name}</bdi>
          <span className="block text-right text-small">{t("printedAt", { when: printed })}</span>
        </p>
      </header>
      {view.closed !== null && <p className="mb-4">{t("closed", { name: view.closed })}</p>}
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-6">
        {view.practitioners.map((practitioner) => (
          <PractitionerDay key={practitioner.id} practitioner={practitioner} offered={view.disciplines} />
        ))}
      </div>
    </section>
  );
}
