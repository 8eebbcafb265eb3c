import { parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Input, Label, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { bookVisit, type DayPractitioner, type PatientHit } from "../../lib/api";
import { servicesQuery, startsQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Choice, DateInputField, NotesInput, TextInput, TimeInput } from "../../parts/fields";
import { PatientDialog } from "../../patients/patient-dialog";
import { recordQuery, searchQuery } from "../../patients/queries";
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

function ChosenPatient({ id, onChange }: { id: string; onChange: () => void }) {
  const t = useTranslations("booking");
  const name = useNames();
  const record = useQuery(recordQuery(id));
  return (
    <div className="flex items-center justify-between gap-2 rounded-control border border-hairline bg-raised py-1 pr-1 pl-3">
      <span className="truncate font-semibold">
        <bdi>{name(record.data?.form.name ?? "…")}</bdi>
      </span>
      <Button onPress={onChange}>{t("change")}</Button>
    </div>
  );
}

interface PatientSearchProps {
  onChoose: (hit: PatientHit) => void;
  onNew: (name: string) => void;
}

/** How many patients the card offers. */
const OFFERED = 6;

/** The patient by name or phone; those worked on lately stand first while nothing is typed. */
function PatientSearch({ onChoose, onNew }: PatientSearchProps) {
  const t = useTranslations("booking");
  const name = useNames();
  const [text, setText] = useState("");
  const found = useQuery(searchQuery(text, OFFERED));
  const hits = found.data?.hits ?? [];
  return (
    <div>
      <SearchField value={text} onChange={setText} autoFocus>
        <Label className="mb-1 block text-quiet text-small">{t("patient")}</Label>
        <Input
          placeholder={t("patientSearch")}
          className="h-8 w-full select-text rounded-control border border-edge bg-surface px-2 outline-accent placeholder:text-quiet focus:outline-2 focus:-outline-offset-1"
          onKeyDown={(event) => {
            const [first] = hits;
            if (event.key === "Enter" && first) {
              event.preventDefault();
              onChoose(first);
            }
          }}
        />
      </SearchField>
      <ListBox
        aria-label={t("patient")}
        className="mt-1 max-h-52 overflow-y-auto rounded-control border border-hairline p-1 outline-none"
        onAction={(key) => {
          const hit = hits.find(({ id }) => id === key);
          if (hit) {
            onChoose(hit);
          } else {
            onNew(text);
          }
        }}
      >
        {hits.map((hit) => (
          <ListBoxItem
            key={hit.id}
            id={hit.id}
            textValue={hit.name}
            className="flex h-8 cursor-default items-center justify-between gap-3 rounded-control px-2 outline-none hover:bg-raised data-focused:bg-raised"
          >
            <span className="truncate">
              <bdi>{name(hit.name)}</bdi>
            </span>
            <span className="shrink-0 text-quiet text-small">{hit.phone}</span>
          </ListBoxItem>
        ))}
        <ListBoxItem
          id="new-patient"
          textValue={t("newPatient")}
          className="flex h-8 cursor-default items-center gap-2 rounded-control px-2 text-accent outline-none hover:bg-raised data-focused:bg-raised"
        >
          <UserRoundPlus aria-hidden size={16} />
          {t("newPatient")}
        </ListBoxItem>
      </ListBox>
    </div>
  );
}
