/** What became of proposals while somebody was looking at them. */

import type { ProposedVisit, SeriesProposal, SeriesProposals, VisitDifference } from "../lib/api";
import { isSame } from "./draft";

/** A proposal whose visits lie elsewhere than they were shown. */
export interface Changed {
  choice: number;
  differences: VisitDifference[];
}

const visits = (proposal: SeriesProposal) => proposal.weeks.flatMap((week) => week.visits);

const isThere = (one: ProposedVisit, two: ProposedVisit) =>
  one.date === two.date && one.minute === two.minute && one.practitioner === two.practitioner;

const spot = ({ date, minute, practitioner_name }: ProposedVisit) => ({
  date,
  minute,
  practitioner: practitioner_name,
});

/** Each visit that lies elsewhere in the second proposal than in the first. */
export function differencesOf(before: SeriesProposal, after: SeriesProposal): VisitDifference[] {
  const [was, is] = [visits(before), visits(after)];
  const gone = was.flatMap((old) => {
    const now = is.find(({ session }) => isSame(session, old.session));
    return now && isThere(old, now)
      ? []
      : [
          {
            session: old.session,
            discipline: old.discipline,
            before: spot(old),
            after: now ? spot(now) : null,
          },
        ];
  });
  const added = is
    .filter((now) => !was.some(({ session }) => isSame(session, now.session)))
    .map((now) => ({ session: now.session, discipline: now.discipline, before: null, after: spot(now) }));
  return [...gone, ...added];
}

/** The first proposal that changed although the same was asked and decided. */
export function changedMeanwhile(before: SeriesProposals, after: SeriesProposals): Changed | undefined {
  if (JSON.stringify(before.decision) !== JSON.stringify(after.decision)) {
    return undefined;
  }
  for (const proposal of after.proposals) {
    const old = before.proposals.find(({ choice }) => choice === proposal.choice);
    const differences = old ? differencesOf(old, proposal) : [];
    if (differences.length > 0) {
      return { choice: proposal.choice, differences };
    }
  }
  return undefined;
}
