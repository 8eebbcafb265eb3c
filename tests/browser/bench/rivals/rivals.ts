/** The two calendars that the board is measured against, each with the same day of the same clinic. */

import { DayPilot } from "@daypilot/daypilot-lite-javascript";
import { createCalendar, destroyCalendar, Interaction, ResourceTimeGrid } from "@event-calendar/core";

import type { Day } from "../day";

/** A calendar in a page. */
export interface Rival {
  mount: (place: HTMLElement, day: Day) => void;
  unmount: () => void;
  go: (day: Day) => void;
  /** What finds a visit, and what finds it while it is dragged. */
  visit: string;
  held: string;
}

const at = (date: string, minute: number) => {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
};

const visits = ({ date, practitioners }: Day) =>
  practitioners.flatMap(({ id: practitioner, appointments }) =>
    appointments.map(({ id, patient_name, from_minute, to_minute }) => ({
      id,
      practitioner,
      text: patient_name,
      start: at(date, from_minute),
      end: at(date, to_minute),
    })),
  );

function eventCalendar(): Rival {
  let calendar: ReturnType<typeof createCalendar> | undefined;
  const events = (day: Day) =>
    visits(day).map(({ id, practitioner, text, start, end }) => ({
      id,
      start,
      end,
      title: text,
      resourceIds: [practitioner],
    }));
  return {
    mount: (place, day) => {
      calendar = createCalendar(place, [ResourceTimeGrid, Interaction], {
        view: "resourceTimeGridDay",
        date: day.date,
        editable: true,
        height: "760px",
        slotMinTime: "08:00:00",
        slotMaxTime: "18:00:00",
        slotDuration: "00:30:00",
        snapDuration: "00:05:00",
        resources: day.practitioners.map(({ id, name }) => ({ id, title: name })),
        events: events(day),
      });
    },
    unmount: () => calendar && destroyCalendar(calendar),
    go: (day) => {
      calendar?.setOption("events", events(day));
      calendar?.setOption("date", day.date);
    },
    visit: ".ec-event",
    held: ".ec-ghost, .ec-preview, .ec-dragging",
  };
}

function dayPilot(): Rival {
  let calendar: DayPilot.Calendar | undefined;
  const events = (day: Day) =>
    visits(day).map(({ id, practitioner, text, start, end }) => ({
      id,
      text,
      start,
      end,
      resource: practitioner,
    }));
  return {
    mount: (place, day) => {
      calendar = new DayPilot.Calendar(place, {
        viewType: "Resources",
        heightSpec: "Full",
        cellDuration: 30,
        startDate: day.date,
        businessBeginsHour: 8,
        businessEndsHour: 18,
        columns: day.practitioners.map(({ id, name }) => ({ id, name })),
        events: events(day),
      });
      calendar.init();
    },
    unmount: () => calendar?.dispose(),
    go: (day) => calendar?.update({ startDate: day.date, events: events(day) }),
    visit: ".calendar_default_event",
    held: ".calendar_default_shadow",
  };
}

Object.assign(window, { rivals: { "event-calendar": eventCalendar(), "DayPilot Lite": dayPilot() } });
