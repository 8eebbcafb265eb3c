import { useId } from "react";
import { useTranslations } from "use-intl";

import type { DayDiscipline } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { AppointmentItem } from "./appointment-item";
import type { SheetList } from "./sheet-rows";

interface PractitionerDayProps {
  /** As in `2026-11-23`. */
  date: string;
  list: SheetList;
  offered: DayDiscipline[];
}

/** On paper, one practitioner: what they give, when they work, and their appointments. */
export function PractitionerDay({ date, list, offered }: PractitionerDayProps) {
  const heading = useId();
  const t = useTranslations("day");
  const { shortDate, stretch } = useTimes();
  const { practitioner, isContinued } = list;
  const { appointments, name, working } = practitioner;
  const ids = offered.map((discipline) => discipline.id);
  return (
    <section aria-labelledby={heading} className="break-inside-avoid">
      <header className="mb-2 grid break-after-avoid grid-cols-[1fr_auto] gap-x-2 border-hairline border-b pb-1.5">
        <h2 id={heading} className="wrap-anywhere font-semibold text-title">
          {isContinued ? t("continued", { name }) : name}
        </h2>
        <ul aria-label={t("disciplines")} className="flex items-center justify-end gap-1.5">
          {offered
            .filter(({ id }) => practitioner.disciplines.includes(id))
            .map(({ id, name: discipline }) => {
              const { hue, icon: Icon } = disciplineLook(id, ids);
              return (
                <li key={id} data-hue={hue} title={discipline} className="text-hue-ink">
                  <Icon aria-hidden size={15} strokeWidth={2.25} />
                  <span className="sr-only">{discipline}</span>
                </li>
              );
            })}
        </ul>
        <p className="text-quiet text-small">
          {working.length > 0 ? working.map(stretch).join(", ") : t("notWorking")}
        </p>
        {/* A page may be handed out alone. */}
        <p className="text-quiet text-small">{shortDate(date)}</p>
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
        <p className="text-quiet">{t("noVisits")}</p>
      )}
    </section>
  );
}
