/** What the set-up reads. */

import { queryOptions } from "@tanstack/react-query";

import {
  holidays,
  isFirstStart,
  misplacedVisits,
  newClinicDefaults,
  protocols,
  setup,
  sharing,
} from "../lib/api";

/** Whether there is no clinic yet; once there is one, there is one, and nobody asks again. */
export const firstStartQuery = () =>
  queryOptions({
    queryKey: ["first-start"],
    queryFn: isFirstStart,
    staleTime: ({ state }) => (state.data === false ? "static" : Number.POSITIVE_INFINITY),
  });

/** What a new clinic is offered at first. */
export const defaultsQuery = () =>
  queryOptions({ queryKey: ["new-clinic-defaults"], queryFn: newClinicDefaults });

/** Everything that the set-up edits. */
export const setupQuery = () => queryOptions({ queryKey: ["setup"], queryFn: setup });

/** The booked visits that do not fit the clinic as it is. */
export const misplacedQuery = () => queryOptions({ queryKey: ["misplaced"], queryFn: misplacedVisits });

/** Ontario's holidays of a year. */
export const holidaysQuery = (year: number) =>
  queryOptions({ queryKey: ["holidays", year], queryFn: () => holidays(year) });

/** A version of the protocols. */
export const protocolsQuery = (version: number | null) =>
  queryOptions({ queryKey: ["protocols", version], queryFn: () => protocols(version) });

/** How often publishing is looked at again by itself, in milliseconds: while a run is under way, and else. */
const WHILE_WORKING = 500;
const ELSE = 5_000;

/** How calendars are shared from this machine. */
export const sharingQuery = () =>
  queryOptions({
    queryKey: ["sharing"],
    queryFn: sharing,
    refetchInterval: ({ state }) => {
      const published = state.data?.practitioners.flatMap((line) => line.published ?? []) ?? [];
      const isWorking = published.some(({ state: { kind } }) => kind === "working" || kind === "waiting");
      return published.length > 0 && (isWorking ? WHILE_WORKING : ELSE);
    },
  });
