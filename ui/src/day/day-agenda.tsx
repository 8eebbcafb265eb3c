import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { PractitionerDay } from "./practitioner-day";

/** The day sheet: the appointments of a day on paper, one list for each practitioner. */
export function DayAgenda({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const { date } = useTimes();
  return (
    <section aria-label={date(view.date)} className="px-5 py-4">
      <header className="mb-4 flex items-baseline justify-between">
        <h1 className="font-semibold text-display">{date(view.date)}</h1>
        <p className="text-quiet">{view.clinic_name}</p>
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
