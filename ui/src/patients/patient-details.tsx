import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import type { PatientChoices, PatientRecord } from "../lib/api";
import { useTimes } from "../lib/times";
import { usePrivately } from "../lib/words";
import { useWhenWords } from "./when";

/** What the record says besides visits: when they can come, what care must respect, what is paid for, notes. */
export function PatientDetails({ record, choices }: { record: PatientRecord; choices: PatientChoices }) {
  const t = useTranslations("patients");
  const { weekdays, plainDate } = useTimes();
  const when = useWhenWords();
  const privately = usePrivately();
  const { form } = record;
  const days = weekdays("long");
  const named = (list: PatientChoices["disciplines"], id: string) =>
    list.find((known) => known.id === id)?.name ?? id;
  return (
    <aside
      aria-label={t("details")}
      className="flex min-w-0 flex-col gap-4 rounded-control border border-hairline bg-surface px-4 py-3"
    >
      <Part title={t("availability")}>
        {form.availability.length === 0 ? (
          <p className="text-quiet">{t("always")}</p>
        ) : (
          <ul>
            {form.availability.map((window) => (
              <li key={`${window.weekday} ${window.from_minute}`} className="flex justify-between gap-2">
                <span className="capitalize">{days[window.weekday]}</span>
                <span>{when(window)}</span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t("sensitivities")}>
        {form.sensitivities.length === 0 ? (
          <p className="text-quiet">{t("noSensitivity")}</p>
        ) : (
          <ul className="list-disc pl-4">
            {form.sensitivities.map((id) => (
              <li key={id}>{privately(named(choices.sensitivities, id))}</li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t("covers")}>
        {form.covers.length === 0 ? (
          <p className="text-quiet">{t("noCover")}</p>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {form.covers.map((cover, index) => {
              const use = record.covers[index];
              return (
                <li key={`${cover.discipline} ${cover.until}`}>
                  <p>{named(choices.disciplines, cover.discipline)}</p>
                  <p className="text-quiet text-small">
                    {t("coverUse", {
                      used: use?.used ?? 0,
                      visits: cover.visits,
                      until: plainDate(cover.until),
                    })}
                  </p>
                  <progress
                    aria-label={named(choices.disciplines, cover.discipline)}
                    className="mt-1 h-1.5 w-full overflow-hidden rounded-control [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
                    max={Math.max(cover.visits, 1)}
                    value={Math.min(use?.used ?? 0, cover.visits)}
                  />
                </li>
              );
            })}
          </ul>
        )}
      </Part>
      {record.decisions.length > 0 && (
        <Part title={t("decisions")}>
          <ul className="flex flex-col gap-2">
            {record.decisions.map((decision) => (
              <li key={`${decision.date} ${decision.provider} ${decision.note}`}>
                <p>
                  {decision.provider}{" "}
                  <span className="text-quiet text-small">{plainDate(decision.date)}</span>
                </p>
                <p className="text-quiet text-small first-letter:uppercase">
                  {privately([...decision.set, decision.note].filter(Boolean).join("; "))}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t("notes")}>
        <p
          dir="auto"
          className={`select-text whitespace-pre-wrap break-words ${form.notes ? "" : "text-quiet"}`}
        >
          {form.notes ? privately(form.notes) : t("noNotes")}
        </p>
      </Part>
    </aside>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-quiet text-small">{title}</h3>
      {children}
    </section>
  );
}
