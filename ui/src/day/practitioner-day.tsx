import { useId } from "react";
import { useTranslations } from "use-intl";

import type { DayDiscipline, DayPractitioner } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { AppointmentItem } from "./appointment-item";

interface PractitionerDayProps {
  practitioner: DayPractitioner;
  offered: DayDiscipline[];
}

/** One practitioner: what they give, when they work, and their appointments. */
export function PractitionerDay({ practitioner, offered }: PractitionerDayProps) {
  const heading = useId();
  const t = useTranslations("day");
  const { stretch } = useTimes();
  const { appointments, working } = practitioner;
  const ids = offered.map((discipline) => discipline.id);
  return (
    <section aria-labelledby={heading} className="min-w-0 break-inside-avoid">
      <header className="mb-2 grid break-after-avoid grid-cols-[1fr_auto] gap-x-2 border-hairline border-b pb-1.5">
        <h2 id={heading} className="wrap-anywhere font-semibold text-title">
          {practitioner.name}
        </h2>
        <ul aria-label={t("disciplines")} className="flex items-center gap-1.5">
          {offered
            .filter(({ id }) => practitioner.disciplines.includes(id))
            .map(({ id, name }) => {
              const { hue, icon: Icon } = disciplineLook(id, ids);
              return (
                <li key={id} data-hue={hue} title={name} className="text-hue-ink">
                  <Icon aria-hidden size={15} strokeWidth={2.25} />
                  <span className="sr-only">{name}</span>
                </li>
              );
            })}
        </ul>
        <p className="col-span-2 text-quiet text-small">
          {working.length > 0 ? working.map(stretch).join(", ") : t("notWorking")}
        </p>
      </header>
      {appointments.length > 0 ? (
        <ol>
          {appointments.map((appointment) => (
            <AppointmentItem
              key={appointment.id}
              appointment={appointment}
              look={disciplineLook(appointment.discipline, ids)}
            />
          ))}
        </ol>
      ) : (
        <p className="py-1 text-quiet">{t("noVisits")}</p>
      )}
    </section>
  );
}
