/** What the columns of the board are: the practitioners of a day, or the days of somebody's or some room's week. */

import type { WeekOf } from "../../frame/preferences";
import type { DayAppointment, DayDiscipline, DayPractitioner, DaySpan, DayView } from "../../lib/api";
import { lanesOf } from "./layout";

/** An appointment with the one who treats. */
export interface BoardVisit extends DayAppointment {
  practitioner: string;
  practitioner_name: string;
}

/** One column of the board. */
export interface Column {
  /** Apart from every other column of the board. */
  key: string;
  date: string;
  /** Who treats in it; none in a room's week. */
  practitioner: string | undefined;
  /** The room whose week it belongs to. */
  room: string | undefined;
  /** Who or which day it is, in words. */
  name: string;
  /** When there is work; none where nobody's hours count. */
  working: DaySpan[] | undefined;
  /** Why the clinic is closed, if it is. */
  closed: string | null;
  disciplines: string[];
  appointments: BoardVisit[];
}

/** Columns that were made already, so that what did not change is not drawn again. */
const made = new WeakMap<DayPractitioner, Column>();

/** A column for each practitioner of a day. */
export const dayColumns = (view: DayView): Column[] =>
  view.practitioners.map((practitioner) => {
    const before = made.get(practitioner);
    if (before?.date === view.date && before.closed === view.closed) {
      return before;
    }
    const { id, name, working, disciplines } = practitioner;
    const column = {
      key: id,
      date: view.date,
      practitioner: id,
      room: undefined,
      name,
      working,
      closed: view.closed,
      disciplines,
      appointments: visitsOf(practitioner),
    };
    made.set(practitioner, column);
    return column;
  });

/** A column for each day of a week; Saturday and Sunday only where something is on. */
export function weekColumns(days: readonly DayView[], of: WeekOf, name: (date: string) => string): Column[] {
  return days
    .map((day): Column => {
      const [own] = of.kind === "practitioner" ? day.practitioners : [];
      return {
        key: day.date,
        date: day.date,
        practitioner: of.kind === "practitioner" ? of.id : undefined,
        room: of.kind === "room" ? of.id : undefined,
        name: name(day.date),
        working: of.kind === "practitioner" || day.closed !== null ? (own?.working ?? []) : undefined,
        closed: day.closed,
        disciplines: [],
        appointments: day.practitioners
          .flatMap(visitsOf)
          .sort((one, other) => one.from_minute - other.from_minute),
      };
    })
    .filter(
      ({ working, appointments }, at) => at < 5 || appointments.length > 0 || (working?.length ?? 0) > 0,
    );
}

const visitsOf = ({ id, name, appointments }: DayPractitioner): BoardVisit[] =>
  appointments.map((appointment) => ({ ...appointment, practitioner: id, practitioner_name: name }));

/** What is left out of a day board, and what is shown faintly. */
export interface Filters {
  hiddenPractitioners: readonly string[];
  hiddenDisciplines: readonly string[];
  hiddenRooms: readonly string[];
}

/** The columns that a choice leaves. */
export function chosenColumns(
  columns: readonly Column[],
  { hiddenPractitioners, hiddenDisciplines }: Filters,
  offered: readonly DayDiscipline[],
): Column[] {
  const isNarrow = offered.some(({ id }) => hiddenDisciplines.includes(id));
  return columns.filter(
    ({ practitioner = "", disciplines }) =>
      !hiddenPractitioners.includes(practitioner) &&
      (!isNarrow || disciplines.some((id) => !hiddenDisciplines.includes(id))),
  );
}

/** Whether a visit is outside what was chosen; it is shown faintly, since its time is taken all the same. */
export const isAside = (
  { discipline, room_id }: DayAppointment,
  { hiddenDisciplines, hiddenRooms }: Pick<Filters, "hiddenDisciplines" | "hiddenRooms">,
): boolean => hiddenDisciplines.includes(discipline) || (room_id !== null && hiddenRooms.includes(room_id));

/** A text as it is compared when narrowing: in lower case, without accents. */
const folded = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** Whether every word that was typed begins a word of a name. */
export function isNamed(name: string, typed: string): boolean {
  const words = folded(name).split(/[\s-]+/u);
  return folded(typed)
    .split(/[\s-]+/u)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** The least width of a column, so that visits side by side keep a name that can be read, in pixels. */
export function leastWidth({ appointments }: Column, one: number, each: number): number {
  const lanes = Math.max(1, ...lanesOf(appointments).map((laned) => laned.lanes));
  return lanes === 1 ? one : Math.max(one, Math.min(lanes, 4) * each);
}
