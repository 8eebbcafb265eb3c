import { parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { bookVisit, type DayPractitioner } from "../../lib/api";
import { placeQuery, proposedServiceQuery, servicesQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useLeaving } from "../../lib/use-leaving";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Choice, DateInputField, NotesInput, TextInput, TimeInput } from "../../parts/fields";
import { LeaveQuestion } from "../../parts/form-footer";
import { Afterwards } from "../../parts/in-pieces";
import { PatientDialog } from "../../patients/patient-dialog";
import { ChosenPatient, PatientSearch } from "../../patients/patient-search";
import { practitionersQuery } from "../../practitioner/queries";
import { NoService } from "./no-service";
import { PlaceAnswer } from "./place-answer";

interface BookingDialogProps {
  /** As in `2026-11-23`. */
  date: string;
  minute: number;
  /** How long it was drawn on the board, where it was. */
  minutes?: number;
  /** Who treats; the first who works that day where nobody was named. */
  practitioner: string | undefined;
  /** The room that was drawn in, if it was in a room's week. */
  room: string | undefined;
  /** The service that is asked for, if it is known. */
  service?: string;
  /** For whom, if that is known. */
  patient?: string;
  /** Those who work on the date, or have visits then. */
  practitioners: DayPractitioner[];
  onClose: () => void;
  onBooked: (date: string) => void;
}

/** Books one visit: who, what, when; the rules answer as it is filled in. */
export function BookingDialog({ practitioners, onClose, onBooked, ...asked }: BookingDialogProps) {
  const t = useTranslations("booking");
  const { date: dateWords } = useTimes();
  const deed = useDeed();
  // One name for everything this card asks, so that pressing twice books once; the visit goes by it.
  const [request] = useState(() => crypto.randomUUID());
  const [patient, setPatient] = useState(asked.patient);
  const [isNew, setIsNew] = useState<string>();
  const [date, setDate] = useState(asked.date);
  const [minute, setMinute] = useState(asked.minute);
  const [who, setPractitioner] = useState(asked.practitioner);
  const [chosen, setChosen] = useState(asked.service);
  const [room, setRoom] = useState(asked.room);
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  // A place is chosen again in a moment; whom it is for is easily forgotten once they are gone.
  const isPatientChosen = patient !== undefined && patient !== asked.patient;
  const leaving = useLeaving(isPatientChosen || `${note}${reason}`.trim() !== "", onClose);
  const services = useQuery(servicesQuery());
  const everybody = useQuery(practitionersQuery()).data ?? practitioners;
  const practitioner = who ?? practitioners[0]?.id ?? everybody[0]?.id ?? "";
  const offered = services.data?.filter((each) => each.practitioners.includes(practitioner)) ?? [];
  const proposed = useQuery({
    ...proposedServiceQuery(patient ?? null, practitioner, asked.minutes ?? null),
    enabled: practitioner !== "",
  });
  const service = offered.find(({ id }) => id === chosen) ?? offered.find(({ id }) => id === proposed.data);
  const offersNothing = services.data !== undefined && offered.length === 0;
  const name = everybody.find(({ id }) => id === practitioner)?.name;
  const place = { date, minute, practitioner, room: room ?? null, minutes: null, override_reason: "" };
  const answer = useQuery({
    ...placeQuery({ kind: "new", patient: patient ?? "", service: service?.id ?? "" }, place),
    enabled: patient !== undefined && service !== undefined,
  });
  /** Another place takes whichever room suits it. */
  const anywhere =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      setRoom(undefined);
      set(value);
    };
  const weighed = answer.isPlaceholderData ? undefined : answer.data;
  const isPossible = weighed?.state === "legal" || (weighed?.state === "reason" && reason.trim() !== "");

  const book = async () => {
    if (!patient || !service || !isPossible || isBusy) {
      return;
    }
    setIsBusy(true);
    const isDone = await deed(
      () =>
        bookVisit({
          request,
          patient,
          service: service.id,
          note,
          place: { ...place, override_reason: weighed?.state === "reason" ? reason : "" },
        }),
      request,
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
    <Dialog title={t("title")} isOpen onClose={leaving.leave}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void book();
        }}
      >
        <div className="flex min-h-80 flex-col gap-3 p-4">
          <p className="text-quiet first-letter:uppercase">{dateWords(parseDate(date))}</p>
          {patient ? (
            <ChosenPatient id={patient} onChange={() => setPatient(undefined)} />
          ) : (
            <PatientSearch
              onChoose={(hit) => {
                setPatient(hit.id);
                next.current?.focus();
              }}
              onNew={setIsNew}
            />
          )}
          <Afterwards>
            <div className="grid grid-cols-2 gap-3">
              <Choice
                label={t("practitioner")}
                value={practitioner}
                options={everybody.map(({ id, name }) => ({ id, name }))}
                onChange={anywhere(setPractitioner)}
              />
              <Choice
                ref={next}
                autoFocus={patient !== undefined}
                label={t("service")}
                value={service?.id ?? ""}
                options={offered.map(({ id, name, minutes }) => {
                  const length = t("minutes", { count: minutes });
                  // Many a name says how long it is.
                  return { id, name: name.endsWith(length) ? name : `${name} · ${length}` };
                })}
                onChange={anywhere(setChosen)}
              />
              <DateInputField
                label={t("date")}
                value={date}
                onChange={(value) => value && anywhere(setDate)(value)}
                onMinute={anywhere(setMinute)}
              />
              <TimeInput label={t("time")} value={minute} onChange={anywhere(setMinute)} />
            </div>
            {offersNothing ? (
              <NoService
                practitioner={services.data?.length === 0 ? undefined : (name ?? "")}
                onLeave={leaving.leaveBy}
              />
            ) : (
              <PlaceAnswer
                place={patient && service ? answer.data : undefined}
                isWaiting={answer.isPlaceholderData}
                minute={minute}
                error={proposed.error ?? answer.error}
                onNear={(near) => {
                  setRoom(undefined);
                  setDate(near.date);
                  setMinute(near.minute);
                }}
              />
            )}
            {answer.data && answer.data.rooms.length > 1 && (
              <Choice
                label={t("room")}
                value={room ?? answer.data.room?.id ?? ""}
                options={answer.data.rooms}
                onChange={setRoom}
              />
            )}
            {answer.data?.state === "reason" && (
              <TextInput label={t("reason")} value={reason} onChange={setReason} isRequired />
            )}
            <NotesInput label={t("note")} rows={2} value={note} onChange={setNote} />
          </Afterwards>
        </div>
        <footer className="flex items-center justify-end gap-2 border-hairline border-t px-4 py-3">
          {leaving.isAsked ? (
            <LeaveQuestion leaving={leaving} question={t("discardQuestion")} />
          ) : (
            <>
              <Button onPress={leaving.leave}>{t("cancel")}</Button>
              <Button isPrimary type="submit" isDisabled={!patient || !isPossible || isBusy}>
                {t("book")}
              </Button>
            </>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
