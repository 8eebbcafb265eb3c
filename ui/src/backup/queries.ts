/** What the screen of backups reads. */

import { queryOptions } from "@tanstack/react-query";

import { backups } from "../lib/api";

/** Where backups lie, and which there are. */
export const backupsQuery = () => queryOptions({ queryKey: ["backups"], queryFn: backups });
