import { useId } from "react";

import type { DayDiscipline, DayPractitioner } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { stretch } from "../lib/words";
import { AppointmentItem } from "./appointment-item";

interface PractitionerDayProps {
  practitioner: DayPractitioner;
  offered: DayDiscipline[];
}

/** One practitioner: what they give, when they work, and their appointments. */
export function PractitionerDay({ practitioner, offered }: PractitionerDayProps) {
  const heading = useId();
  const { appointments, working } = practitioner;
  const ids = offered.map((discipline) => discipline.id);
  return (
    <section aria-labelledby={heading} className="min-w-0">
      <div className="mb-2 flex items-baseline gap-2 border-edge border-b pb-1.5">
        <h2 id={heading} className="truncate font-semibold text-title">
          {practitioner.name}
        </h2>
        <p className="ml-auto shrink-0 text-quiet text-small">
          {working.length > 0 ? working.map(stretch).join(", ") : "not working"}
        </p>
      </div>
      <ul aria-label="Disciplines" className="mb-2.5 flex flex-wrap gap-x-3 gap-y-1">
        {offered
          .filter(({ id }) => practitioner.disciplines.includes(id))
          .map(({ id, name }) => {
            const { hue, icon: Icon } = disciplineLook(id, ids);
            return (
              <li key={id} data-hue={hue} className="flex items-center gap-1 text-hue-ink text-small">
                <Icon aria-hidden size={12} strokeWidth={2.25} />
                {name}
              </li>
            );
          })}
      </ul>
      {appointments.length > 0 ? (
        <ol className="flex flex-col gap-1">
          {appointments.map((appointment) => (
            <AppointmentItem
              key={appointment.id}
              appointment={appointment}
              look={disciplineLook(appointment.discipline, ids)}
            />
          ))}
        </ol>
      ) : (
        <p className="py-1 text-quiet">No appointments</p>
      )}
    </section>
  );
}
