import { useTranslations } from "use-intl";

import type { DayDiscipline, DayPractitioner } from "../../lib/api";
import { disciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";

interface ColumnHeadProps {
  practitioner: DayPractitioner;
  offered: DayDiscipline[];
}

/** Who a column belongs to, what they give and when they work. */
export function ColumnHead({ practitioner, offered }: ColumnHeadProps) {
  const t = useTranslations("day");
  const { stretch } = useTimes();
  const ids = offered.map(({ id }) => id);
  const hours =
    practitioner.working.length > 0 ? practitioner.working.map(stretch).join(", ") : t("notWorking");
  return (
    <div className="min-w-0 border-hairline border-l px-2 py-1.5">
      <div className="flex items-center gap-1.5">
        <h2 title={practitioner.name} className="truncate font-semibold">
          {practitioner.name}
        </h2>
        <ul aria-label={t("disciplines")} className="ml-auto flex shrink-0 gap-1">
          {offered
            .filter(({ id }) => practitioner.disciplines.includes(id))
            .map(({ id, name }) => {
              const { hue, icon: Icon } = disciplineLook(id, ids);
              return (
                <li key={id} data-hue={hue} title={name} className="text-hue-ink">
                  <Icon aria-hidden size={14} strokeWidth={2.25} />
                  <span className="sr-only">{name}</span>
                </li>
              );
            })}
        </ul>
      </div>
      <p title={hours} className="truncate text-quiet text-small">
        {hours}
      </p>
    </div>
  );
}
