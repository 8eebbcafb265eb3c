import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { newPatient, type PatientForm, type PatientRecord, patientRecord, savePatient } from "../lib/api";
import { useChange, useTellDone } from "../lib/changes";
import { useTimes } from "../lib/times";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Checks, DateInputField, NotesInput, TextInput } from "../parts/fields";
import { Refused } from "../parts/state";
import { AvailabilityRows, CoverRows } from "./patient-rows";
import { choicesQuery, similarQuery } from "./queries";

interface PatientDialogProps {
  /** The record to edit; a new patient without one. */
  record?: PatientRecord;
  initialName?: string;
  onClose: () => void;
  /** Called with the patient to show. */
  onOpen: (id: string) => void;
}

const blank = (name: string): PatientForm => ({
  name,
  phone: "",
  email: "",
  date_of_birth: null,
  availability: [],
  sensitivities: [],
  covers: [],
  notes: "",
});

/** The form of a new or known patient. */
export function PatientDialog({ record, initialName = "", onClose, onOpen }: PatientDialogProps) {
  const t = useTranslations("patients");
  const name = useNames();
  const [original, setOriginal] = useState(record?.form ?? blank(""));
  const [form, setForm] = useState(record?.form ?? blank(initialName));
  const [isLeaving, setIsLeaving] = useState(false);
  const choices = useQuery(choicesQuery());
  const set = (changes: Partial<PatientForm>) => setForm({ ...form, ...changes });
  const isChanged = JSON.stringify(form) !== JSON.stringify(original);

  const tellDone = useTellDone();
  const change = useChange(
    async () => {
      if (!record) {
        return newPatient(form);
      }
      await savePatient(record.id, original, form);
      return record.id;
    },
    (id) => {
      tellDone(t(record ? "saved" : "added", { name: name(form.name.trim()) }));
      onClose();
      onOpen(id);
    },
  );
  const save = async () => {
    try {
      await change.mutateAsync(undefined);
    } catch {
      // Saving again is then a decision against what is there now.
      if (record) {
        setOriginal((await patientRecord(record.id)).form);
      }
    }
  };
  const leave = () => (isChanged ? setIsLeaving(true) : onClose());

  return (
    <Dialog title={record ? t("editTitle") : t("newTitle")} width="wide" isOpen onClose={leave}>
      <Form
        className="flex max-h-[76vh] flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (!change.isPending) {
            void save();
          }
        }}
      >
        <div className="grid min-h-0 grid-cols-2 gap-x-6 gap-y-4 overflow-y-auto p-4 max-sm:grid-cols-1">
          {change.error && (
            <div className="col-span-full">
              <Refused error={change.error} />
            </div>
          )}
          <TextInput
            label={t("name")}
            value={form.name}
            onChange={(name) => set({ name })}
            isRequired
            autoFocus
            className="col-span-full"
          />
          {!record && <Similar form={form} onOpen={onOpen} />}
          <TextInput label={t("phone")} type="tel" value={form.phone} onChange={(phone) => set({ phone })} />
          <TextInput label={t("email")} value={form.email} onChange={(email) => set({ email })} />
          <DateInputField
            label={t("dateOfBirth")}
            value={form.date_of_birth}
            onChange={(date_of_birth) => set({ date_of_birth })}
          />
          <div className="max-sm:hidden" />
          <AvailabilityRows value={form.availability} onChange={(availability) => set({ availability })} />
          <CoverRows
            value={form.covers}
            onChange={(covers) => set({ covers })}
            disciplines={choices.data?.disciplines ?? []}
          />
          <Checks
            label={t("sensitivities")}
            options={choices.data?.sensitivities ?? []}
            value={form.sensitivities}
            onChange={(sensitivities) => set({ sensitivities })}
          />
          <NotesInput label={t("notes")} rows={6} value={form.notes} onChange={(notes) => set({ notes })} />
        </div>
        <footer className="flex items-center justify-end gap-2 border-hairline border-t px-4 py-3">
          {isLeaving ? (
            <>
              <p role="alert" className="mr-auto">
                {t("discardQuestion")}
              </p>
              <Button onPress={onClose}>{t("discard")}</Button>
              <Button isPrimary onPress={() => setIsLeaving(false)}>
                {t("keepEditing")}
              </Button>
            </>
          ) : (
            <>
              <Button onPress={leave}>{t("cancel")}</Button>
              <Button isPrimary type="submit">
                {t(record ? "save" : "addPatient")}
              </Button>
            </>
          )}
        </footer>
      </Form>
    </Dialog>
  );
}

/** Patients who may be the one that is being added. */
function Similar({ form, onOpen }: { form: PatientForm; onOpen: (id: string) => void }) {
  const t = useTranslations("patients");
  const { plainDate } = useTimes();
  const query = useQuery({
    ...similarQuery(form.name, form.phone, form.date_of_birth),
    enabled: form.name.trim().length >= 3,
  });
  if (!query.data?.length) {
    return null;
  }
  return (
    <div role="status" className="col-span-full rounded-control border border-hairline bg-raised px-3 py-2">
      <p className="font-semibold">{t("knownAlready")}</p>
      <ul>
        {query.data.map((hit) => (
          <li key={hit.id} className="flex items-center justify-between gap-3">
            <span className="min-w-0 truncate">
              <bdi>{hit.name}</bdi>{" "}
              <span className="text-quiet">
                {[hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button onPress={() => onOpen(hit.id)}>{t("openRecord")}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
