/** What the patients' screen reads. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { mergePreview, patientChoices, patientRecord, searchPatients, similarPatients } from "../lib/api";

/** How many patients of a list are read at once. */
export const PAGE = 50;

/** Patients that fit what is typed, from a place in the list on; those found before stay until they are here. */
export const searchQuery = (text: string, limit = PAGE, from = 0) =>
  queryOptions({
    queryKey: ["patients", text.trim(), limit, from],
    queryFn: () => searchPatients(text, from, limit),
    ...(from === 0 && { placeholderData: keepPreviousData }),
  });

/** A patient's record. */
export const recordQuery = (id: string) =>
  queryOptions({ queryKey: ["patient", id], queryFn: () => patientRecord(id) });

/** What the lists of the form offer. */
export const choicesQuery = () => queryOptions({ queryKey: ["patient-choices"], queryFn: patientChoices });

/** Patients who may be the same person. */
export const similarQuery = (name: string, phone: string, dateOfBirth: string | null) =>
  queryOptions({
    queryKey: ["similar-patients", name, phone, dateOfBirth],
    queryFn: () => similarPatients(name, phone, dateOfBirth),
    placeholderData: keepPreviousData,
  });

/** What merging would do. */
export const mergeQuery = (kept: string, merged: string) =>
  queryOptions({ queryKey: ["merge", kept, merged], queryFn: () => mergePreview(kept, merged) });
