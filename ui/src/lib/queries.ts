/** What the window has read from the program, kept until the program says that it changed. */

import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
} from "@tanstack/react-query";

import {
  ClinicError,
  dateMarks,
  day,
  nextFree,
  notices,
  proposedService,
  services,
  starts,
  type VisitPlace,
  visit,
  type Wanted,
  week,
  weekStarts,
  weigh,
} from "./api";
import { readAgain } from "./refresh";

/** A client for local data: nothing goes stale by itself and nothing is tried again behind the user's back. */
export function createQueryClient(): QueryClient {
  // Somebody was signed out elsewhere: the window asks who is at the desk, and shows the way to sign in.
  const onError = (error: Error) => {
    if (error instanceof ClinicError && error.code === "signed-out") {
      void readAgain(client, { queryKey: ["session"] });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
    },
  });
  return client;
}

/** One day; the day shown before stays until it is here. */
export const dayQuery = (date: string) =>
  queryOptions({ queryKey: ["day", date], queryFn: () => day(date), placeholderData: keepPreviousData });

/** A week of one practitioner or one room, by any of its dates; the one shown before stays until it is here. */
export const weekQuery = (monday: string, practitioner: string | null, room: string | null) =>
  queryOptions({
    queryKey: ["week", monday, practitioner, room],
    queryFn: () => week(monday, practitioner, room),
    placeholderData: keepPreviousData,
  });

/** Every start of a week for a visit with one practitioner. */
export const weekStartsQuery = (wanted: Wanted, date: string, practitioner: string, room: string | null) =>
  queryOptions({
    queryKey: ["week-starts", wanted, date, practitioner, room],
    queryFn: () => weekStarts(wanted, date, practitioner, room),
  });

/** How much of each date there is to give. */
export const dateMarksQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["date-marks", from, to],
    queryFn: () => dateMarks(from, to),
    placeholderData: keepPreviousData,
  });

/** The first free start for a service after a minute of a date. */
export const nextFreeQuery = (service: string, practitioner: string | null, date: string, minute: number) =>
  queryOptions({
    queryKey: ["next-free", service, practitioner, date, minute],
    queryFn: () => nextFree(service, practitioner, date, minute),
  });

/** A visit as its card shows it. */
export const visitQuery = (id: string) => queryOptions({ queryKey: ["visit", id], queryFn: () => visit(id) });

/** Every start of a date for a visit. */
export const startsQuery = (wanted: Wanted, date: string) =>
  queryOptions({ queryKey: ["starts", wanted, date], queryFn: () => starts(wanted, date) });

/** What the rules say of one place; what they said of the place before stays until then. */
export const placeQuery = (wanted: Wanted, place: VisitPlace) =>
  queryOptions({
    queryKey: ["place", wanted, place],
    queryFn: () => weigh(wanted, place),
    placeholderData: keepPreviousData,
  });

/** The services that can be booked. */
export const servicesQuery = () => queryOptions({ queryKey: ["services"], queryFn: services });

/** The service that a new visit begins with. */
export const proposedServiceQuery = (patient: string | null, practitioner: string, minutes: number | null) =>
  queryOptions({
    queryKey: ["proposed-service", patient, practitioner, minutes],
    queryFn: () => proposedService(patient, practitioner, minutes),
  });

/** How often what needs attention is looked at again by itself, in milliseconds. */
const LOOK_AGAIN = 30_000;

/** What needs attention until it is mended. */
export const noticesQuery = () =>
  queryOptions({ queryKey: ["notices"], queryFn: notices, refetchInterval: LOOK_AGAIN });
