import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import { type AbsenceForm, type ClinicPart, type PractitionerForm, partImpact, savePart } from "../lib/api";
import { useChange } from "../lib/changes";
import { currentDate } from "../lib/today";
import { useLeaving } from "../lib/use-leaving";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { DateInputField, TextInput, Tick, TimeInput } from "../parts/fields";
import { FormFooter } from "../parts/form-footer";
import { Refused } from "../parts/state";
import { HitList } from "./hit-list";
import { useShowMisplaced } from "./misplaced-section";
import { shifted, useAbsenceWords } from "./part-words";

interface AbsencesProps {
  /** The practitioner as they are saved. */
  practitioner: PractitionerForm;
  /** Called once absences are saved. */
  onSaved: (absences: AbsenceForm[]) => void;
}

const part = (form: PractitionerForm): ClinicPart => ({ part: "practitioner", form });

/** When somebody is away. Each absence is saved by itself; a new one shows the visits it hits while it is chosen. */
export function Absences({ practitioner, onSaved }: AbsencesProps) {
  const t = useTranslations("setup");
  const words = useAbsenceWords();
  const [isAdding, setIsAdding] = useState(false);
  const tellDone = useTellDone();
  const change = useChange(
    (absences: AbsenceForm[]) => savePart(part(practitioner), part({ ...practitioner, absences })),
    (saved, absences) => {
      const isMore = absences.length > practitioner.absences.length;
      tellDone(t(isMore ? "absenceSaved" : "absenceRemoved"), saved);
      onSaved(absences);
    },
  );
  return (
    <div>
      <h3 className="mb-2 font-semibold text-title">{t("absences")}</h3>
      <Refused error={isAdding ? null : change.error} />
      {practitioner.absences.length === 0 && <p className="text-quiet">{t("noAbsences")}</p>}
      <ul className="divide-y divide-hairline border-hairline border-y empty:hidden">
        {practitioner.absences.map((absence, index) => (
          <li key={`${absence.from} ${absence.to}`} className="flex items-center gap-3 py-1">
            <span className="w-72 font-medium">{words(absence)}</span>
            <span dir="auto" className="min-w-0 flex-1 truncate text-quiet">
              {absence.reason}
            </span>
            <Button
              label={t("removeAbsence", { number: index + 1 })}
              isDisabled={change.isPending}
              onPress={() => change.mutate(practitioner.absences.filter((_, at) => at !== index))}
            >
              <X aria-hidden size={16} />
            </Button>
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <Button
          onPress={() => {
            change.reset();
            setIsAdding(true);
          }}
        >
          <Plus aria-hidden size={16} className="mr-1" /> {t("addAbsence")}
        </Button>
      </div>
      {isAdding && (
        <AbsenceDialog
          form={practitioner}
          error={change.error}
          isBusy={change.isPending}
          onClose={() => setIsAdding(false)}
          onSave={async (absence) => {
            const all = [...practitioner.absences, absence];
            try {
              await change.mutateAsync(all.toSorted((one, two) => one.from.localeCompare(two.from)));
              setIsAdding(false);
            } catch {
              // The hook keeps the error for the form to show.
            }
          }}
        />
      )}
    </div>
  );
}

interface AbsenceDialogProps {
  form: PractitionerForm;
  error: Error | null;
  isBusy: boolean;
  onClose: () => void;
  onSave: (absence: AbsenceForm) => Promise<void>;
}

function AbsenceDialog({ form, error, isBusy, onClose, onSave }: AbsenceDialogProps) {
  const t = useTranslations("setup");
  const next = currentDate().add({ days: 1 }).toString();
  const [first, setFirst] = useState<string | null>(next);
  const [last, setLast] = useState<string | null>(next);
  const [isWhole, setIsWhole] = useState(true);
  const [from, setFrom] = useState(540);
  const [to, setTo] = useState(1020);
  const [reason, setReason] = useState("");
  const showMisplaced = useShowMisplaced();
  const leaving = useLeaving(reason.trim() !== "", onClose);
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
      partImpact(part({ ...form, absences: absence ? [...form.absences, absence] : form.absences })),
    enabled: isOrdered,
  });
  const hit = isOrdered ? (query.data ?? []) : [];
  return (
    <Dialog title={t("absenceOf", { name: form.name })} width="wide" isOpen onClose={leaving.leave}>
      <Form
        onSubmit={async (event) => {
          event.preventDefault();
          if (absence && isOrdered && query.data && !isBusy) {
            await onSave(absence);
            if (hit.length > 0) {
              showMisplaced();
            }
          }
        }}
      >
        <div className="flex flex-col gap-4 p-4">
          <Refused error={error} />
          <div className="grid grid-cols-2 gap-4">
            <DateInputField
              label={t("firstDay")}
              value={first}
              onChange={(date) => {
                setFirst(date);
                // Most absences are of one day or begin before they end; the last day follows.
                if (date && (!last || last < date)) {
                  setLast(date);
                }
              }}
            />
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
        <FormFooter
          leaving={leaving}
          submit={hit.length > 0 ? t("saveAndList", { count: hit.length }) : t("saveAbsence")}
          isBusy={isBusy || !isOrdered || !query.data}
        />
      </Form>
    </Dialog>
  );
}

function local(date: string, minute: number): string {
  const day = minute === 1440 ? shifted(date, 1) : date;
  const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  return `${day}T${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
}
