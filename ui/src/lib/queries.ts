/** What the window has read from the program, kept until the program says that it changed. */

import { keepPreviousData, QueryClient, queryOptions } from "@tanstack/react-query";

import { day, services, starts, type VisitPlace, visit, type Wanted, weigh } from "./api";

/** A client for local data: nothing goes stale by itself and nothing is tried again behind the user's back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
    },
  });
}

/** One day; the day shown before stays until it is here. */
export const dayQuery = (date: string) =>
  queryOptions({ queryKey: ["day", date], queryFn: () => day(date), placeholderData: keepPreviousData });

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
