/** What the patients' screen reads. */

import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";

import {
  mergePreview,
  type PatientHit,
  patientChoices,
  patientRecord,
  searchPatients,
  similarPatients,
} from "../lib/api";
import { askOnce } from "../lib/refresh";

/** How many patients of a list are read at once. */
export const PAGE = 50;

/** Patients that fit what is typed, from a place in the list on; those found before stay until they are here. */
export const searchQuery = (text: string, limit = PAGE, from = 0) =>
  queryOptions({
    queryKey: ["patients", text.trim(), limit, from],
    queryFn: () => searchPatients(text, from, limit),
    ...(from === 0 && { placeholderData: keepPreviousData }),
  });

/**
 * The patient at a place in the list of what is typed now: what is listed may still be the answer to fewer letters. None
 * where nobody is there, or where the program refuses, which is said in place of the list.
 */
export async function hitAt(
  client: QueryClient,
  text: string,
  at: number,
  limit = PAGE,
): Promise<PatientHit | undefined> {
  const from = Math.floor(at / limit) * limit;
  const answer = await askOnce(client, searchQuery(text, limit, from)).catch(() => undefined);
  return answer?.hits[at - from];
}

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

/** What merging would do; what it would the other way round stays until it is here. */
export const mergeQuery = (kept: string, merged: string) =>
  queryOptions({
    queryKey: ["merge", kept, merged],
    queryFn: () => mergePreview(kept, merged),
    placeholderData: keepPreviousData,
  });
