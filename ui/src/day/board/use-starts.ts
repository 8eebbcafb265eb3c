import { useQuery } from "@tanstack/react-query";

import { startsQuery, weekStartsQuery } from "../../lib/queries";
import type { Column } from "./columns";
import type { Moving, Starts } from "./moving";

/** Every start of the board for a visit that is moved, asked once when it is taken up. */
export function useStarts(moving: Moving | undefined, columns: readonly Column[]): Starts | undefined {
  const wanted = { kind: "booked" as const, appointment: moving?.appointment.id ?? "" };
  const [first] = columns;
  const date = first?.date ?? "";
  // The columns of a day share their date, those of a week do not.
  const isWeek = columns.some((column) => column.date !== date);
  const isAsked = moving !== undefined && !moving.isResize;
  const day = useQuery({
    ...startsQuery(wanted, date),
    enabled: isAsked && !isWeek,
    select: (found) => new Map(found.map(({ practitioner, stretches }) => [practitioner, stretches])),
  });
  const week = useQuery({
    ...weekStartsQuery(wanted, date, moving?.appointment.practitioner ?? "", first?.room ?? null),
    enabled: isAsked && isWeek,
    select: (found) => new Map(found.map(({ date: of, stretches }) => [of, stretches])),
  });
  return isWeek ? week.data : day.data;
}
