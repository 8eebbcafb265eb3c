import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { ProposedVisit, SeriesProposal } from "../lib/api";
import { answerCommands } from "../test/program";
import { RhythmStrip } from "./rhythm-strip";

const visit = (week: number, minute: number): ProposedVisit => ({
  session: { discipline: "physio", week },
  discipline: "Physiotherapy",
  date: "2026-11-24",
  weekday: 1,
  minute,
  to_minute: minute + 45,
  practitioner: "anna",
  practitioner_name: "Anna Alvarez",
  room: null,
  differs: [],
  hold: "planned",
});

function show() {
  answerCommands({});
  const strip = (visits: ProposedVisit[]) => (
    <Surroundings>
      <main>
        <RhythmStrip
          proposal={
            {
              aims: ["Soonest"],
              weeks: visits.map((each) => ({
                monday: `2026-11-2${each.session.week}`,
                visits: [each],
                gap: null,
              })),
            } as unknown as SeriesProposal
          }
          days={[0, 1, 2, 3, 4]}
          offered={["physio"]}
          onVisit={() => {}}
          onKey={() => false}
        />
      </main>
    </Surroundings>
  );
  const { rerender } = render(strip([visit(0, 600), visit(1, 615), visit(2, 630)]));
  return (...visits: ProposedVisit[]) => rerender(strip(visits));
}

const at = (time: string) => screen.getByRole("button", { name: new RegExp(`${time}, Physiotherapy`) });

test("the keyboard goes with a visit that moves, and stays where one is left out", () => {
  const again = show();
  at("10:15").focus();
  again(visit(0, 600), visit(1, 660), visit(2, 630));
  expect(document.activeElement).toBe(at("11:00"));
  again(visit(0, 600), visit(2, 630));
  expect(document.activeElement).toBe(at("10:30"));
  again(visit(0, 600));
  expect(document.activeElement).toBe(at("10:00"));
});

test("whoever pressed where nothing is has the keyboard left alone", () => {
  const again = show();
  at("10:15").focus();
  at("10:15").blur();
  again(visit(0, 600));
  expect(document.activeElement).toBe(document.body);
});
