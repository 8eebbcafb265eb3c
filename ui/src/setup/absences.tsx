import { getLocalTimeZone, today } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { type AbsenceForm, type PractitionerForm, partImpact } from "../lib/api";
import { parts, useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { DateInputField, TextInput, Tick, TimeInput } from "../parts/fields";
import { Refused } from "../parts/state";
import { HitList } from "./saving";

interface AbsencesProps {
  form: PractitionerForm;
  onChange: (absences: AbsenceForm[]) => void;
}

/** When somebody is away; a new absence shows the visits it would hit while its dates are chosen. */
export function Absences({ form, onChange }: AbsencesProps) {
  const t = useTranslations("setup");
  const [isAdding, setIsAdding] = useState(false);
  return (
    <div>
      <h3 className="mb-2 font-semibold text-title">{t("absences")}</h3>
      {form.absences.length === 0 && <p className="text-quiet">{t("noAbsences")}</p>}
      <ul className="divide-y divide-hairline border-hairline border-y empty:hidden">
        {form.absences.map((absence, index) => (
          <li key={`${absence.from} ${absence.to}`} className="flex items-center gap-3 py-1">
            <span className="w-72 font-medium">
              <Stretch absence={absence} />
            </span>
            <span className="min-w-0 flex-1 truncate text-quiet">{absence.reason}</span>
            <Button
              label={t("removeAbsence", { number: index + 1 })}
              onPress={() => onChange(form.absences.filter((_, at) => at !== index))}
            >
              <X aria-hidden size={16} />
            </Button>
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <Button onPress={() => setIsAdding(true)}>
          <Plus aria-hidden size={16} className="mr-1" /> {t("addAbsence")}
        </Button>
      </div>
      {isAdding && (
        <AbsenceDialog
          form={form}
          onClose={() => setIsAdding(false)}
          onAdd={(absence) => {
            setIsAdding(false);
            onChange([...form.absences, absence].toSorted((one, two) => one.from.localeCompare(two.from)));
          }}
        />
      )}
    </div>
  );
}

/** An absence in words: whole days by their dates alone. */
function Stretch({ absence }: { absence: AbsenceForm }) {
  const { plainDate, shortDateTime } = useTimes();
  const [from, to] = [parts(absence.from), parts(absence.to)];
  if (from.minute === 0 && to.minute === 0) {
    const last = shifted(to.date, -1);
    return from.date === last ? plainDate(from.date) : `${plainDate(from.date)} – ${plainDate(last)}`;
  }
  return `${shortDateTime(absence.from)} – ${shortDateTime(absence.to)}`;
}

function AbsenceDialog({
  form,
  onClose,
  onAdd,
}: {
  form: PractitionerForm;
  onClose: () => void;
  onAdd: (absence: AbsenceForm) => void;
}) {
  const t = useTranslations("setup");
  const next = today(getLocalTimeZone()).add({ days: 1 }).toString();
  const [first, setFirst] = useState<string | null>(next);
  const [last, setLast] = useState<string | null>(next);
  const [isWhole, setIsWhole] = useState(true);
  const [from, setFrom] = useState(540);
  const [to, setTo] = useState(1020);
  const [reason, setReason] = useState("");
  const absence =
    first && last && first <= last
      ? {
          from: isWhole ? `${first}T00:00:00` : local(first, from),
          to: isWhole ? `${shifted(last, 1)}T00:00:00` : local(last, to),
          reason: reason.trim(),
        }
      : undefined;
  const isOrdered = absence !== undefined && absence.from < absence.to;
  const query = useQuery({
    queryKey: ["absence", form, absence?.from, absence?.to],
    queryFn: () =>
      partImpact({
        part: "practitioner",
        form: { ...form, absences: absence ? [...form.absences, absence] : form.absences },
      }),
    enabled: isOrdered,
  });
  const hit = isOrdered ? (query.data ?? []) : [];
  return (
    <Dialog title={t("absenceOf", { name: form.name })} width="wide" isOpen onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <div className="grid grid-cols-2 gap-4">
          <DateInputField label={t("firstDay")} value={first} onChange={setFirst} />
          <DateInputField label={t("lastDay")} value={last} onChange={setLast} />
        </div>
        <Tick isSelected={isWhole} onChange={setIsWhole}>
          {t("wholeDays")}
        </Tick>
        {!isWhole && (
          <div className="grid grid-cols-2 gap-4">
            <TimeInput label={t("from")} value={from} onChange={setFrom} />
            <TimeInput label={t("to")} isEnd value={to} onChange={setTo} />
          </div>
        )}
        <TextInput label={t("reason")} value={reason} onChange={setReason} />
        <section aria-live="polite">
          <h3 className="mb-1 font-semibold">{t("hitTitle")}</h3>
          <Refused error={query.error} />
          {isOrdered && query.data && hit.length === 0 && <p className="text-quiet">{t("hitsNothing")}</p>}
          {!isOrdered && <p className="text-rule">{t("notOrdered")}</p>}
          {hit.length > 0 && (
            <>
              <p className="mb-2">{t("absenceHits", { count: hit.length })}</p>
              <HitList hit={hit} />
            </>
          )}
        </section>
      </div>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button isPrimary isDisabled={!isOrdered} onPress={() => absence && onAdd(absence)}>
          {t("addAbsence")}
        </Button>
      </footer>
    </Dialog>
  );
}

function shifted(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

function local(date: string, minute: number): string {
  const day = minute === 1440 ? shifted(date, 1) : date;
  const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  return `${day}T${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
}
