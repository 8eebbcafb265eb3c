import { queryOptions } from "@tanstack/react-query";

import { lockBox, lockBoxes, people, session, signInChoices } from "../lib/api";

/** Who is at the desk. */
export const sessionQuery = () => queryOptions({ queryKey: ["session"], queryFn: session });

/** Who can sign in. */
export const choicesQuery = () =>
  queryOptions({ queryKey: ["session", "choices"], queryFn: signInChoices, staleTime: 0 });

/** Everybody who signs in or did. */
export const peopleQuery = () => queryOptions({ queryKey: ["people"], queryFn: people });

/** Who may see a patient's record. */
export const lockBoxQuery = (patient: string) =>
  queryOptions({ queryKey: ["lock-box", patient], queryFn: () => lockBox(patient), staleTime: 0 });

/** Every lock-box. */
export const lockBoxesQuery = () => queryOptions({ queryKey: ["lock-boxes"], queryFn: lockBoxes });
