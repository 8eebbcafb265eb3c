import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { DayScreen } from "../day/day-screen";
import { Surroundings } from "../frame/app";
import { choose } from "../frame/preferences";
import type { ProposedVisit } from "../lib/api";
import { dayView, practitioner } from "../test/days";
import { answerCommands } from "../test/program";
import { begin, blankAsk, forget, haunt } from "./draft";

const DATE = "2026-11-23";
const people = [practitioner(), practitioner({ id: "bo", name: "Bo Brandt" })];

/** A proposed hour, as far as the board reads it. */
const proposed = (discipline: string, who: string, minute: number) =>
  ({
    session: { discipline, week: 1 },
    date: DATE,
    minute,
    to_minute: minute + 60,
    practitioner: who,
    discipline,
  }) as ProposedVisit;

const early = proposed("physio", "anna", 540);
const late = proposed("massage", "bo", 900);

const shown: string[] = [];
const scroll = Element.prototype.scrollIntoView;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${DATE}T15:00:00Z`) });
  shown.length = 0;
  Element.prototype.scrollIntoView = function (this: Element) {
    shown.push(this.textContent);
  };
  answerCommands({
    day: ({ date }) => dayView(String(date), people),
    week: () => people.slice(1).map((each) => dayView(DATE, [each])),
    practitioners: () => people,
    patient_record: () => new Promise(() => {}),
  });
  begin(blankAsk("zoe"));
  haunt({ patient: "zoe", title: "Soonest", visits: [early, late] });
});
afterEach(() => {
  vi.useRealTimers();
  forget();
  Element.prototype.scrollIntoView = scroll;
});

const show = () =>
  render(
    <Surroundings>
      <DayScreen />
    </Surroundings>,
  );

test("the first proposed visit of a day comes into sight", async () => {
  show();
  await screen.findByText("09:00–10:00");
  expect(shown).toEqual(["09:00–10:00 physio"]);
});

test("on a board that is narrowed the first of those that are drawn does", async () => {
  show();
  await screen.findByText("09:00–10:00");
  await userEvent.keyboard("/");
  await userEvent.type(await screen.findByRole("textbox"), "Bo");
  await vi.waitFor(() => expect(shown.at(-1)).toBe("15:00–16:00 massage"));
});

test("in somebody's week the first of theirs does", async () => {
  choose({ isWeek: true, weekOf: { kind: "practitioner", id: "bo" } });
  show();
  await screen.findByText("15:00–16:00");
  expect(shown).toEqual(["15:00–16:00 massage"]);
  await screen.findByText(/2 visits in this week$/);
});
