/** What a practitioner's day reads. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { practitionerDay, practitioners } from "../lib/api";

/** Everybody who treats. */
export const practitionersQuery = () => queryOptions({ queryKey: ["practitioners"], queryFn: practitioners });

/** One practitioner's day; the day shown before stays until it is here. Read again now and then, for what comes next. */
export const practitionerDayQuery = (practitioner: string, date: string) =>
  queryOptions({
    queryKey: ["practitioner-day", practitioner, date],
    queryFn: () => practitionerDay(practitioner, date),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
