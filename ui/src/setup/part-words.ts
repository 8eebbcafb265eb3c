import { useTranslations } from "use-intl";

import type { AbsenceForm, ClinicPart, HoursForm, SetupView } from "../lib/api";
import { parts, useTimes } from "../lib/times";
import { useKindWords } from "./use-kind-words";

/** A part of the clinic as it is now; none when it is not there any more. */
export function presentPart(setup: SetupView, part: ClinicPart): ClinicPart | undefined {
  const found = <Form extends { id: string }>(all: Form[], id: string) =>
    all.find((known) => known.id === id);
  switch (part.part) {
    case "settings":
      return { part: "settings", form: setup.settings };
    case "closures": {
      const { year } = part.form;
      const closures = setup.closures.filter(({ date }) => date.startsWith(`${year}-`));
      return { part: "closures", form: { year, closures } };
    }
    case "practitioner": {
      const form = found(setup.practitioners, part.form.id);
      return form && { part: "practitioner", form };
    }
    case "service": {
      const form = found(setup.services, part.form.id);
      return form && { part: "service", form };
    }
    case "room": {
      const form = found(setup.rooms, part.form.id);
      return form && { part: "room", form };
    }
  }
}

/** An absence in words: whole days by their dates alone. */
export function useAbsenceWords() {
  const { plainDate, shortDateTime } = useTimes();
  return (absence: AbsenceForm) => {
    const [from, to] = [parts(absence.from), parts(absence.to)];
    if (from.minute === 0 && to.minute === 0) {
      const last = shifted(to.date, -1);
      return from.date === last ? plainDate(from.date) : `${plainDate(from.date)} – ${plainDate(last)}`;
    }
    return `${shortDateTime(absence.from)} – ${shortDateTime(absence.to)}`;
  };
}

/** A date so many days later. */
export function shifted(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** What a field of a part is called and what it says, in words. */
export function usePartWords() {
  const t = useTranslations("setup");
  const { stretch, weekdays, plainDate } = useTimes();
  const absence = useAbsenceWords();
  const kind = useKindWords();
  const days = weekdays("short");
  const hours = (each: HoursForm) =>
    `${days[each.weekday]} ${stretch(each)}${each.every_weeks > 1 ? ` (${t("everyShort", { weeks: each.every_weeks })})` : ""}`;
  return (part: ClinicPart): Record<string, { label: string; said: string }> => {
    switch (part.part) {
      case "settings": {
        const { name, time_zone, slot_minutes } = part.form;
        return {
          name: { label: t("clinicName"), said: name },
          time_zone: { label: t("zone"), said: time_zone },
          slot_minutes: { label: t("grid"), said: t("minutes", { minutes: slot_minutes }) },
        };
      }
      case "closures":
        return {
          closures: {
            label: t("closures"),
            said: part.form.closures.map(({ date, name }) => `${plainDate(date)} ${name}`).join("; "),
          },
        };
      case "room":
        return {
          name: { label: t("name"), said: part.form.name },
          kinds: { label: t("fitFor"), said: part.form.kinds.map(kind).join(", ") },
        };
      case "service": {
        const { name, discipline, minutes, buffer_minutes, room_kinds, first_visit } = part.form;
        return {
          name: { label: t("name"), said: name },
          discipline: { label: t("discipline"), said: discipline },
          minutes: { label: t("length"), said: String(minutes) },
          buffer_minutes: { label: t("buffer"), said: String(buffer_minutes) },
          room_kinds: { label: t("roomKinds"), said: room_kinds.map(kind).join(", ") },
          first_visit: { label: t("forFirstVisit"), said: first_visit ? "✓" : "–" },
        };
      }
      case "practitioner": {
        const { name, services, hours: weekly, extra_hours, absences } = part.form;
        return {
          name: { label: t("name"), said: name },
          services: { label: t("services"), said: services.join(", ") },
          hours: { label: t("hours"), said: weekly.map(hours).join("; ") },
          extra_hours: {
            label: t("extraHours"),
            said: extra_hours.map((each) => `${plainDate(each.date)} ${stretch(each)}`).join("; "),
          },
          absences: {
            label: t("absences"),
            said: absences.map((each) => `${absence(each)} ${each.reason}`).join("; "),
          },
        };
      }
    }
  };
}
