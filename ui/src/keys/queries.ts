/** What the screens of the key read. */

import { queryOptions } from "@tanstack/react-query";

import { keyState } from "../lib/api";

/** Where the key of the database is kept. */
export const keyStateQuery = () => queryOptions({ queryKey: ["key-state"], queryFn: keyState });
