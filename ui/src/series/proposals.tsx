import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldAlert, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { keepUp, said, useTellDone } from "../frame/journal";
import { useNavigation } from "../frame/navigation";
import { tellFault } from "../frame/toasts";
import {
  bookSeries,
  type ProposedVisit,
  type SeriesAsk,
  type SeriesChoices,
  type SeriesProposal,
  type SeriesProposals,
  seriesProposals,
} from "../lib/api";
import { Button } from "../parts/button";
import { Failure, Loading } from "../parts/state";
import { DecisionView } from "./decision-view";
import { Differences } from "./differences";
import { askNext, type Draft, haunt, noteBooked, released, without, withPin } from "./draft";
import { EditsBar } from "./edits-bar";
import { type Changed, changedMeanwhile } from "./lost-race";
import { MoveDialog } from "./move-dialog";
import { ProposalCard } from "./proposal-card";
import { ProviderDialog } from "./provider-dialog";
import { actionOfKey, type VisitAction, VisitMenu } from "./visit-menu";

const proposalsQuery = (ask: SeriesAsk) =>
  queryOptions({
    queryKey: ["series-proposals", ask],
    queryFn: () => seriesProposals(ask),
    placeholderData: keepPreviousData,
  });

interface ProposalsProps {
  draft: Draft;
  disciplines: SeriesChoices["disciplines"];
}

/** What the calendar has to offer for the question, and what can be done with it. */
export function Proposals({ draft, disciplines }: ProposalsProps) {
  const t = useTranslations("seriesScreen");
  const { ask } = draft;
  const [isNoting, setIsNoting] = useState(false);
  const [menu, setMenu] = useState<{ visit: ProposedVisit; place: HTMLElement; of: SeriesProposal }>();
  const [moved, setMoved] = useState<ProposedVisit>();
  const query = useQuery(proposalsQuery(ask));
  const settled = query.isPlaceholderData ? undefined : query.data;
  const { book, isBusy, changed, forgetChanged } = useBooking(draft, settled);
  const show = useShowOnBoard(ask.patient);
  const offered = disciplines.map(({ id }) => id);

  if (query.error) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const { decision, warnings, proposals, asked, edits, progress } = query.data;
  const act = (action: VisitAction, visit: ProposedVisit, of: SeriesProposal) => {
    const { session, date, minute, practitioner } = visit;
    if (action === "pin") {
      askNext(withPin(ask, { session, date, minute, practitioner }));
    } else if (action === "release") {
      askNext(released(ask, session));
    } else if (action === "leave") {
      askNext(without(ask, session));
    } else if (action === "move") {
      setMoved(visit);
    } else {
      show(of, visit);
    }
  };
  const bookAgain = changed && proposals.find(({ choice }) => choice === changed.choice);
  return (
    <div
      aria-busy={query.isPlaceholderData}
      className={`flex flex-col gap-3 px-5 py-3 ${query.isPlaceholderData ? "opacity-60" : ""}`}
    >
      <DecisionView decision={decision} onProvider={() => setIsNoting(true)} />
      {progress && <p className="font-medium">{progress}</p>}
      {warnings.map((warning) => (
        <p
          key={warning}
          className="flex items-center gap-2 rounded-control border border-unusual/60 px-3 py-1 text-small"
        >
          <ShieldAlert aria-hidden size={16} className="shrink-0 text-unusual" />
          <span className="flex-1">{warning}</span>
          {!ask.within_cover && (
            <Button onPress={() => askNext({ ...ask, within_cover: true })}>{t("shorten")}</Button>
          )}
        </p>
      ))}
      {changed && (
        <section
          role="alert"
          aria-label={t("changed")}
          className="rounded-control border border-rule px-3 py-2"
        >
          <div className="flex flex-wrap items-center gap-2">
            <TriangleAlert aria-hidden size={16} className="shrink-0 text-rule" />
            <p className="flex-1 font-medium">{t("changed")}</p>
            {bookAgain && !query.isPlaceholderData && (
              <Button isPrimary isDisabled={isBusy} onPress={() => void book(bookAgain)}>
                {t("bookAsNow", { count: bookAgain.placed })}
              </Button>
            )}
            <Button onPress={forgetChanged}>{t("lookAgain")}</Button>
          </div>
          <div className="mt-1.5">
            <Differences differences={changed.differences} offered={offered} />
          </div>
        </section>
      )}
      <EditsBar draft={draft} edits={edits} />
      <h2 className="sr-only">{t("proposals")}</h2>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(340px,100%),1fr))] items-stretch gap-3">
        {proposals.map((proposal, at) => (
          <ProposalCard
            key={proposal.choice}
            proposal={proposal}
            asked={asked}
            days={drawnDays(proposals)}
            offered={offered}
            isPrimary={at === 0 && !changed}
            // What changed under somebody's hand is looked at before it is booked.
            isDisabled={isBusy || query.isPlaceholderData || changed !== undefined}
            onAsk={askNext}
            onProvider={() => setIsNoting(true)}
            onBook={() => void book(proposal)}
            onBoard={() => show(proposal)}
            onVisit={(visit, place) => setMenu({ visit, place, of: proposal })}
            onKey={(visit, key) => {
              const action = actionOfKey(key, visit);
              if (action) {
                act(action, visit, proposal);
              }
              return action !== undefined;
            }}
          />
        ))}
      </div>
      {isNoting && (
        <ProviderDialog patient={ask.patient} disciplines={disciplines} onClose={() => setIsNoting(false)} />
      )}
      {menu && (
        <VisitMenu
          visit={menu.visit}
          place={menu.place}
          onClose={() => setMenu(undefined)}
          onAction={(action) => act(action, menu.visit, menu.of)}
        />
      )}
      {moved && (
        <MoveDialog
          ask={ask}
          visit={moved}
          onClose={() => setMoved(undefined)}
          onChoose={(pin) => {
            setMoved(undefined);
            askNext(withPin(ask, pin));
          }}
        />
      )}
    </div>
  );
}

/** Monday to Friday, and the days of the weekend on which anything lies. */
function drawnDays(proposals: SeriesProposal[]): number[] {
  const used = proposals.flatMap(({ weeks }) =>
    weeks.flatMap(({ visits }) => visits.map(({ weekday }) => weekday)),
  );
  return [0, 1, 2, 3, 4, 5, 6].filter((day) => day < 5 || used.includes(day));
}

/** Books a proposal once; when the calendar has changed it tells what is best now. */
function useBooking(draft: Draft, settled: SeriesProposals | undefined) {
  const client = useQueryClient();
  const tellDone = useTellDone();
  const isUnderWay = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const { ask, request } = draft;
  const [noted, setNoted] = useState<Changed & { ask: SeriesAsk }>();
  const seen = useRef<{ ask: SeriesAsk; proposals: SeriesProposals }>(undefined);
  useEffect(() => {
    const before = seen.current;
    if (settled) {
      seen.current = { ask, proposals: settled };
    }
    // Somebody else changed the calendar under what is shown: that is said before anything is booked.
    if (settled && before && before.ask === ask && before.proposals !== settled && !isUnderWay.current) {
      const changed = changedMeanwhile(before.proposals, settled);
      if (changed) {
        setNoted({ ...changed, ask });
      }
    }
  }, [settled, ask]);
  const book = async (proposal: SeriesProposal) => {
    // A second press of the same moment does not wait for the first to be drawn.
    if (isUnderWay.current) {
      return;
    }
    isUnderWay.current = true;
    setIsBusy(true);
    try {
      const { choice, visits, placed, first } = proposal;
      const outcome = await bookSeries({ request, ask, choice, visits });
      if (outcome.kind === "booked") {
        tellDone(said(outcome.change), { entry: outcome.change.entry, id: outcome.series });
        noteBooked({ series: outcome.series, visits: placed, first: first ?? undefined });
      } else {
        setNoted({ choice, differences: outcome.differences, ask });
      }
    } catch (error) {
      tellFault(error);
    }
    // What is best now is shown in place of what no longer fits.
    await keepUp(client);
    isUnderWay.current = false;
    setIsBusy(false);
  };
  const changed = noted?.ask === ask ? noted : undefined;
  return { book, isBusy, changed, forgetChanged: () => setNoted(undefined) };
}

/** Shows a proposal on the day board, at one of its visits. */
function useShowOnBoard(patient: string) {
  const { go } = useNavigation();
  return (proposal: SeriesProposal, at?: ProposedVisit) => {
    const visits = proposal.weeks.flatMap((week) => week.visits).filter(({ hold }) => hold !== "held");
    const date = at?.date ?? visits[0]?.date;
    haunt({ patient, title: proposal.aims.join(" · "), visits });
    go("day", date ? { date } : {});
  };
}
