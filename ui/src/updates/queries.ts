/** What the window reads about newer versions of Ordo. */

import { queryOptions } from "@tanstack/react-query";

import { type UpdatesView, updates } from "../lib/api";

/** How often the program is asked again, in milliseconds: while an update is being taken, and otherwise. */
export const SOON = 400;
const LATER = 60_000;

/** Whether an update is being taken right now. */
export const isUnderWay = ({ stage }: UpdatesView) => stage !== "idle" && stage !== "ready";

/** The version in use and what is known of newer ones; nothing in a program that has no updater. */
export const updatesQuery = () =>
  queryOptions({
    queryKey: ["updates"],
    queryFn: updates,
    refetchInterval: ({ state: { data } }) => {
      if (data === null) {
        // A program that has no updater does not get one.
        return false;
      }
      return data && isUnderWay(data) ? SOON : LATER;
    },
  });
