/** What the journal's screen reads. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { type JournalAsk, journalChoices, journalPage } from "../lib/api";

/** How many entries are read at once. */
const PAGE = 200;

/** What the search offers. */
export const journalChoicesQuery = () =>
  queryOptions({ queryKey: ["journal-choices"], queryFn: journalChoices });

/** The entries that fit, page after page into the past. */
export const journalQuery = (ask: JournalAsk) =>
  infiniteQueryOptions({
    queryKey: ["journal", ask],
    queryFn: ({ pageParam }) => journalPage(ask, pageParam, PAGE),
    initialPageParam: null as number | null,
    getNextPageParam: ({ lines, more }) => (more ? (lines.at(-1)?.entry ?? null) : null),
  });
