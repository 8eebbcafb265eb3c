import { useTranslations } from "use-intl";

import type { PatientChoices, PatientForm } from "../lib/api";
import { useTimes } from "../lib/times";
import { useWhenWords } from "./when";

/** What a field of a record is called and what it says, in words. */
export function useFieldWords(choices: PatientChoices | undefined) {
  const t = useTranslations("patients");
  const { plainDate, weekdays } = useTimes();
  const when = useWhenWords();
  const days = weekdays("long");
  const named = (list: PatientChoices["disciplines"] | undefined, id: string) =>
    list?.find((known) => known.id === id)?.name ?? id;
  const says: Record<keyof PatientForm, (form: PatientForm) => string> = {
    name: (form) => form.name,
    phone: (form) => form.phone,
    email: (form) => form.email,
    date_of_birth: (form) => (form.date_of_birth ? plainDate(form.date_of_birth) : ""),
    availability: (form) =>
      form.availability.map((window) => `${days[window.weekday]}: ${when(window)}`).join("; ") || t("always"),
    sensitivities: (form) => form.sensitivities.map((id) => named(choices?.sensitivities, id)).join("; "),
    covers: (form) =>
      form.covers
        .map(
          ({ discipline, visits, until }) =>
            `${named(choices?.disciplines, discipline)}: ${visits} (${plainDate(until)})`,
        )
        .join("; "),
    notes: (form) => form.notes,
  };
  const labels: Record<keyof PatientForm, string> = {
    name: t("name"),
    phone: t("phone"),
    email: t("email"),
    date_of_birth: t("dateOfBirth"),
    availability: t("availability"),
    sensitivities: t("sensitivities"),
    covers: t("covers"),
    notes: t("notes"),
  };
  return (field: keyof PatientForm, form: PatientForm) => ({
    label: labels[field],
    theirs: says[field](form),
  });
}
