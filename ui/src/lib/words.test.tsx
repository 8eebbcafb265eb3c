import { parseDate } from "@internationalized/date";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { choose } from "../frame/preferences";
import { appointment } from "../test/days";
import { Words } from "../test/words";
import { timeOfDay, useTimes } from "./times";
import { initials, useAppointmentWords } from "./words";

test.each([
  [0, "00:00", "0_h_00"],
  [545, "09:05", "9_h_05"],
  [1439, "23:59", "23_h_59"],
  [1500, "01:00", "1_h_00"],
])("minute %i of the day is %s, in French %s on one line", (minute, english, french) => {
  expect(timeOfDay(minute, "en")).toBe(english);
  expect(timeOfDay(minute, "fr")).toBe(french.replaceAll("_", "\u00a0"));
});

function Dates({ date }: { date: string }) {
  const { date: whole, dateTitle, shortDate, plainDate } = useTimes();
  return <p>{[whole(date), dateTitle(parseDate(date)), shortDate(date), plainDate(date)].join(" | ")}</p>;
}

const dates = (language: "en" | "fr", date: string) =>
  render(
    <Words language={language}>
      <Dates date={date} />
    </Words>,
  ).container.textContent;

function Week({ from, to }: { from: string; to: string }) {
  const { dateRange } = useTimes();
  return <p>{dateRange(parseDate(from), parseDate(to))}</p>;
}

test.each([
  ["2026-02-23", "2026-03-01", "23 février – 1er mars 2026"],
  ["2026-06-01", "2026-06-07", "1er–7 juin 2026"],
  ["2026-05-11", "2026-05-17", "11–17 mai 2026"],
  ["2026-08-31", "2026-09-06", "31 août – 6 septembre 2026"],
])("a week from %s to %s is %s in French", (from, to, expected) => {
  const { container } = render(
    <Words language="fr">
      <Week from={from} to={to} />
    </Words>,
  );
  expect(container.textContent.replaceAll(/[\u00a0\u2009\u202f]/g, " ")).toBe(expected);
});

test("the first of a month is an ordinal in French, and a title has the year where it is another", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 23, 10) });
  try {
    expect(dates("fr", "2026-12-01")).toBe(
      "mardi 1er décembre 2026 | mardi 1er décembre | mar. 1er déc. | 1er déc. 2026",
    );
    expect(dates("fr", "2027-01-11")).toBe(
      "lundi 11 janvier 2027 | lundi 11 janvier 2027 | lun. 11 janv. | 11 janv. 2027",
    );
    expect(dates("en", "2026-12-01")).toBe(
      "Tuesday, December 1, 2026 | Tuesday, December 1 | Tue, Dec 1 | Dec 1, 2026",
    );
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ["Zoë Müller-O’Neill", "Z. M. O."],
  ["李 小龍", "李. 小."],
  ["", ""],
])("the initials of %s are %s", (name, short) => {
  expect(initials(name)).toBe(short);
});

function Say({ changes = {} }: { changes?: Parameters<typeof appointment>[0] }) {
  const words = useAppointmentWords();
  const { date, stretch } = useTimes();
  return (
    <p>
      {words(appointment(changes))} | {date("2026-03-08")} | {stretch({ from_minute: 480, to_minute: 720 })}
    </p>
  );
}

const said = (language: "en" | "fr", changes = {}) => {
  const { container } = render(
    <Words language={language}>
      <Say changes={changes} />
    </Words>,
  );
  return container.textContent.replaceAll("\u00a0", " ");
};

test("an appointment says what its icons show", () => {
  const changes = {
    status: "noshow" as const,
    series_position: { number: 4, of: 8 },
    overbooked: true,
    note: true,
  };
  expect(said("en", changes)).toBe(
    "09:00 to 10:00, Zoë Kowalczyk, Massage therapy 60 min, Room 4, did not come, visit 4 of 8, double booked on purpose, has a note | Sunday, March 8, 2026 | 08:00–12:00",
  );
  expect(said("fr", changes)).toBe(
    "9 h 00 à 10 h 00, Zoë Kowalczyk, Massage therapy 60 min, Room 4, absent, rendez-vous 4 sur 8, double réservation voulue, avec une note | dimanche 8 mars 2026 | 8 h 00–12 h 00",
  );
});

test("on a private screen a name is its initials", () => {
  choose({ isPrivate: true });
  expect(said("en", { room: null })).toContain("09:00 to 10:00, Z. K., Massage therapy 60 min, booked");
  choose({ isPrivate: false });
  expect(screen.queryByText("Zoë")).toBeNull();
});
