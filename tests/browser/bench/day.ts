/** A day as the program gives it, as far as calendars draw it. */
export interface Day {
  date: string;
  practitioners: {
    id: string;
    name: string;
    appointments: {
      id: string;
      patient_name: string;
      room: string | null;
      from_minute: number;
      to_minute: number;
    }[];
  }[];
}
