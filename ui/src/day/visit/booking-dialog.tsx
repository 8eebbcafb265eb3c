import { parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { bookVisit, type DayPractitioner } from "../../lib/api";
import { servicesQuery, startsQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Choice, DateInputField, NotesInput, TextInput, TimeInput } from "../../parts/fields";
import { PatientDialog } from "../../patients/patient-dialog";
import { ChosenPatient, PatientSearch } from "../../patients/patient-search";
import { verdictOf } from "../board/moving";

interface BookingDialogProps {
  /** As in `2026-11-23`. */
  date: string;
  minute: number;
  practitioner: string;
  practitioners: DayPractitioner[];
  onClose: () => void;
  onBooked: (date: string) => void;
}

/** Books one visit: who, what, when; the rules answer as it is filled in. */
export function BookingDialog({ practitioners, onClose, onBooked, ...place }: BookingDialogProps) {
  const t = useTranslations("booking");
  const { date: dateWords, time } = useTimes();
  const deed = useDeed();
  // One name for everything this card asks, so that pressing twice books once.
  const [request] = useState(() => crypto.randomUUID());
  const [patient, setPatient] = useState<string>();
  const [isNew, setIsNew] = useState<string>();
  const [date, setDate] = useState(place.date);
  const [minute, setMinute] = useState(place.minute);
  const [practitioner, setPractitioner] = useState(place.practitioner);
  const [chosen, setChosen] = useState<string>();
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const services = useQuery(servicesQuery());
  const offered = services.data?.filter((each) => each.practitioners.includes(practitioner)) ?? [];
  const service = offered.find(({ id }) => id === chosen) ?? offered[0];
  const starts = useQuery({
    ...startsQuery({ kind: "new", patient: patient ?? "", service: service?.id ?? "" }, date),
    enabled: patient !== undefined && service !== undefined,
  });
  const verdict = verdictOf(starts.data, practitioner, minute);
  const isPossible = verdict?.state === "legal" || (verdict?.state === "reason" && reason.trim() !== "");

  const book = async () => {
    if (!patient || !service || !isPossible || isBusy) {
      return;
    }
    setIsBusy(true);
    const isDone = await deed(() =>
      bookVisit({
        request,
        patient,
        service: service.id,
        note,
        place: { date, minute, practitioner, override_reason: verdict?.state === "reason" ? reason : "" },
      }),
    );
    setIsBusy(false);
    if (isDone) {
      onBooked(date);
    }
  };

  if (isNew !== undefined) {
    return (
      <PatientDialog
        initialName={isNew}
        onClose={() => setIsNew(undefined)}
        onOpen={(id) => {
          setPatient(id);
          setIsNew(undefined);
        }}
      />
    );
  }
  return (
    <Dialog title={t("title")} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void book();
        }}
      >
        <div className="flex flex-col gap-3 p-4">
          <p className="text-quiet">{dateWords(parseDate(date))}</p>
          {patient ? (
            <ChosenPatient id={patient} onChange={() => setPatient(undefined)} />
          ) : (
            <PatientSearch onChoose={(hit) => setPatient(hit.id)} onNew={setIsNew} />
          )}
          <div className="grid grid-cols-2 gap-3">
            <Choice
              label={t("practitioner")}
              value={practitioner}
              options={practitioners.map(({ id, name }) => ({ id, name }))}
              onChange={setPractitioner}
            />
            <Choice
              label={t("service")}
              value={service?.id ?? ""}
              options={offered.map(({ id, name, minutes }) => ({
                id,
                name: `${name} · ${t("minutes", { count: minutes })}`,
              }))}
              onChange={setChosen}
            />
            <DateInputField label={t("date")} value={date} onChange={(value) => value && setDate(value)} />
            <TimeInput label={t("time")} value={minute} onChange={setMinute} />
          </div>
          <div role="status" className="min-h-5">
            {!patient || !service ? (
              <p className="text-quiet">{t("choose")}</p>
            ) : verdict?.state === "legal" ? (
              <p className="font-medium text-accent">
                {t("legal", { from: time(minute), to: time(minute + service.minutes) })}
              </p>
            ) : (
              verdict && <p className="text-rule">{verdict.words}</p>
            )}
          </div>
          {verdict?.state === "reason" && (
            <TextInput label={t("reason")} value={reason} onChange={setReason} isRequired />
          )}
          <NotesInput label={t("note")} rows={2} value={note} onChange={setNote} />
        </div>
        <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button isPrimary type="submit" isDisabled={!patient || !isPossible || isBusy}>
            {t("book")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
