import { CalendarDate } from "@internationalized/date";
import { expect, test } from "vitest";

import { appointment } from "../test/days";
import { appointmentInWords, dateInWords, stretch, timeOfDay } from "./words";

test.each([
  [0, "00:00"],
  [545, "09:05"],
  [1439, "23:59"],
  [1500, "01:00"],
])("minute %i of the day is %s", (minute, time) => {
  expect(timeOfDay(minute)).toBe(time);
});

test("a date is said whole, whatever the zone of the computer", () => {
  expect(dateInWords(new CalendarDate(2026, 3, 8))).toBe("Sunday, March 8, 2026");
});

test("a stretch goes from time to time", () => {
  expect(stretch({ from_minute: 480, to_minute: 720 })).toBe("08:00–12:00");
});

test("an appointment says what its icons show", () => {
  const whole = appointment({
    status: "noshow",
    series_position: { number: 4, of: 8 },
    overbooked: true,
    note: true,
  });
  expect(appointmentInWords(whole)).toBe(
    "09:00 to 10:00, Zoë Kowalczyk, Massage therapy 60 min, Room 4, did not come, visit 4 of 8, double booked on purpose, has a note",
  );
  expect(appointmentInWords(appointment({ room: null }))).toBe(
    "09:00 to 10:00, Zoë Kowalczyk, Massage therapy 60 min, booked",
  );
});
