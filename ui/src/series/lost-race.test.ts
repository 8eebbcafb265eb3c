import { expect, test } from "vitest";

import type { ProposedVisit, SeriesProposal, SeriesProposals } from "../lib/api";
import { changedMeanwhile, differencesOf } from "./lost-race";

const visit = (week: number, minute: number): ProposedVisit => ({
  session: { discipline: "physio", week },
  discipline: "Physiotherapy",
  date: "2026-11-24",
  weekday: 1,
  minute,
  to_minute: minute + 45,
  practitioner: "anna",
  practitioner_name: "Anna",
  room: null,
  differs: [],
  hold: "planned",
});

const proposal = (...visits: ProposedVisit[]): SeriesProposal => ({
  choice: 0,
  aims: [],
  usual: [],
  first: null,
  costs: [],
  weeks: [{ monday: "2026-11-23", visits, gap: null }],
  unplaced: [],
  placed: visits.length,
  visits: [],
  differences: [],
});

const proposals = (order: string, ...visits: ProposedVisit[]): SeriesProposals => ({
  decision: { has_order: true, order: [order], spacing: [], frequency: [], conflicts: [], notes: [] },
  warnings: [],
  proposals: [proposal(...visits)],
  asked: visits.length,
  edits: [],
  progress: null,
});

test("visits that moved, went or came are told by their session", () => {
  const found = differencesOf(
    proposal(visit(0, 600), visit(1, 600), visit(2, 600)),
    proposal(visit(0, 600), visit(1, 660), visit(3, 600)),
  );
  const spots = found.map(({ session, before, after }) => [session.week, before?.minute, after?.minute]);
  expect(spots).toEqual([
    [1, 600, 660],
    [2, 600, undefined],
    [3, undefined, 600],
  ]);
});

test("only the calendar is said to have changed, not what somebody decided", () => {
  const before = proposals("massage first", visit(0, 600));
  expect(changedMeanwhile(before, proposals("massage first", visit(0, 600)))).toBeUndefined();
  expect(changedMeanwhile(before, proposals("massage first", visit(0, 660)))?.differences).toHaveLength(1);
  expect(changedMeanwhile(before, proposals("physio first", visit(0, 660)))).toBeUndefined();
});
