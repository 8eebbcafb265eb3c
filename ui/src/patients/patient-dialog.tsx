import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import {
  ClinicError,
  newPatient,
  type PatientForm,
  type PatientRecord,
  patientRecord,
  savePatient,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { together } from "../lib/three-way";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { useLeaving } from "../lib/use-leaving";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Differences } from "../parts/differences";
import { Checks, DateInputField, NotesInput, TextInput } from "../parts/fields";
import { FormFooter } from "../parts/form-footer";
import { Refused } from "../parts/state";
import { AvailabilityRows, CoverRows } from "./patient-rows";
import { choicesQuery, similarQuery } from "./queries";
import { useFieldWords } from "./use-field-words";

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
  const [original, setOriginal] = useState(record?.form ?? blank(""));
  const [form, setForm] = useState(record?.form ?? blank(initialName));
  const choices = useQuery(choicesQuery());
  const words = useFieldWords(choices.data);
  const set = (changes: Partial<PatientForm>) => setForm({ ...form, ...changes });
  const leaving = useLeaving(JSON.stringify(form) !== JSON.stringify(original), onClose);
  // Fields that somebody else changed while this form was open, and what they made of them.
  const [clashes, setClashes] = useState<{ theirs: PatientForm; fields: (keyof PatientForm)[] }>();

  const tellDone = useTellDone();
  const change = useChange(
    () => (record ? savePatient(record.id, original, form) : newPatient(form)),
    (saved) => {
      tellDone((shown) => t.rich(record ? "saved" : "added", { name: () => shown(form.name.trim()) }), saved);
      onClose();
      onOpen(saved.id);
    },
  );
  const save = async () => {
    try {
      await change.mutateAsync(undefined);
    } catch (error) {
      if (record && error instanceof ClinicError && error.code === "changed-meanwhile") {
        // Saving again is then a decision against what is there now, field by field.
        const theirs = (await patientRecord(record.id).catch(() => undefined))?.form;
        if (theirs) {
          const { form: merged, clashes: fields } = together(original, form, theirs);
          setOriginal(theirs);
          setForm(merged);
          setClashes({ theirs, fields });
        }
      }
    }
  };
  const take = (field: keyof PatientForm) => {
    if (clashes) {
      setForm({ ...form, [field]: clashes.theirs[field] });
      setClashes({ ...clashes, fields: clashes.fields.filter((other) => other !== field) });
    }
  };

  return (
    <Dialog title={record ? t("editTitle") : t("newTitle")} width="wide" isOpen onClose={leaving.leave}>
      <Form
        className="flex max-h-[76vh] flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (!change.isPending) {
            void save();
          }
        }}
      >
        <div className="grid min-h-0 grid-cols-2 gap-x-6 gap-y-4 overflow-y-auto p-4 max-md:grid-cols-1">
          <div className="col-span-full empty:hidden">
            {clashes ? (
              <Differences
                rows={clashes.fields.map((field) => ({
                  field,
                  ...words(field, clashes.theirs),
                  onTake: () => take(field),
                }))}
              />
            ) : (
              <Refused error={change.error} />
            )}
          </div>
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
            latest={currentDate().toString()}
            fault={t("bornLater")}
            onChange={(date_of_birth) => set({ date_of_birth })}
          />
          <CoverRows
            value={form.covers}
            onChange={(covers) => set({ covers })}
            disciplines={choices.data?.disciplines ?? []}
          />
          <AvailabilityRows value={form.availability} onChange={(availability) => set({ availability })} />
          <Checks
            label={t("sensitivities")}
            options={choices.data?.sensitivities ?? []}
            value={form.sensitivities}
            onChange={(sensitivities) => set({ sensitivities })}
          />
          <NotesInput label={t("notes")} rows={6} value={form.notes} onChange={(notes) => set({ notes })} />
        </div>
        <FormFooter leaving={leaving} submit={t(record ? "save" : "addPatient")} isBusy={change.isPending} />
      </Form>
    </Dialog>
  );
}

/** Patients who may be the one that is being added. */
function Similar({ form, onOpen }: { form: PatientForm; onOpen: (id: string) => void }) {
  const t = useTranslations("patients");
  const { plainDate } = useTimes();
  const name = useNames();
  const privately = usePrivately();
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
        {query.data.map((hit) => {
          const facts = [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone].filter(Boolean);
          return (
            <li key={hit.id} className="flex items-center justify-between gap-3">
              <span className="min-w-0 truncate">
                <bdi>{name(hit.name)}</bdi>{" "}
                <span className="text-quiet">{facts.length > 0 && privately(facts.join(" · "))}</span>
              </span>
              <Button onPress={() => onOpen(hit.id)}>{t("openRecord")}</Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
