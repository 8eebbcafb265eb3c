import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../frame/journal";
import { useNavigation } from "../frame/navigation";
import { bookSeries, type SeriesAsk, type SeriesProposal, seriesChoices, seriesProposals } from "../lib/api";
import { Failure, Loading, State } from "../parts/state";
import { PatientDialog } from "../patients/patient-dialog";
import { ChosenPatient, PatientSearch } from "../patients/patient-search";
import { DecisionView } from "./decision-view";
import { ProposalCard } from "./proposal-card";
import { ProviderDialog } from "./provider-dialog";
import { SeriesForm } from "./series-form";

const choicesQuery = () => queryOptions({ queryKey: ["series-choices"], queryFn: seriesChoices });

const proposalsQuery = (ask: SeriesAsk) =>
  queryOptions({
    queryKey: ["series-proposals", ask],
    queryFn: () => seriesProposals(ask),
    placeholderData: keepPreviousData,
  });

const blank = (patient: string): SeriesAsk => ({
  patient,
  conditions: [],
  needs: [],
  sensitivities: [],
  first: null,
  weeks: 6,
  services: [],
  practitioners: [],
  availability: null,
  earliest: null,
  tolerance_days: null,
  max_wait_minutes: null,
  within_cover: false,
});

/** From a patient and what they are treated for to a booked series, on one screen. */
export function SeriesScreen() {
  const t = useTranslations("seriesScreen");
  const { target } = useNavigation();
  const [ask, setAsk] = useState(() => (target.patient ? blank(target.patient) : undefined));
  const [isNew, setIsNew] = useState<string>();
  return (
    <div className="flex h-full max-md:block max-md:overflow-y-auto">
      <section
        aria-label={t("title")}
        className="flex w-90 shrink-0 flex-col gap-4 overflow-y-auto border-hairline border-r bg-surface p-4 max-md:w-full max-md:overflow-visible max-md:border-r-0 max-md:border-b"
      >
        <h1 className="font-semibold text-display tracking-tight">{t("title")}</h1>
        {ask ? (
          <>
            <ChosenPatient id={ask.patient} onChange={() => setAsk(undefined)} />
            <Form ask={ask} onAsk={setAsk} />
          </>
        ) : (
          <PatientSearch onChoose={(hit) => setAsk(blank(hit.id))} onNew={setIsNew} />
        )}
      </section>
      <main className="min-w-0 flex-1 overflow-y-auto p-5 max-md:overflow-visible max-sm:p-3">
        {ask ? (
          <Proposals key={ask.patient} ask={ask} onAsk={setAsk} />
        ) : (
          <State title={t("choosePatient")} icon={<CalendarRange aria-hidden size={28} />}>
            {t("choosePatientAdvice")}
          </State>
        )}
      </main>
      {isNew !== undefined && (
        <PatientDialog
          initialName={isNew}
          onClose={() => setIsNew(undefined)}
          onOpen={(id) => {
            setIsNew(undefined);
            setAsk(blank(id));
          }}
        />
      )}
    </div>
  );
}

interface AskProps {
  ask: SeriesAsk;
  onAsk: (ask: SeriesAsk) => void;
}

function Form({ ask, onAsk }: AskProps) {
  const choices = useQuery(choicesQuery());
  return choices.data ? (
    <SeriesForm choices={choices.data} ask={ask} onAsk={onAsk} />
  ) : choices.error ? (
    <Failure error={choices.error} onRetry={() => choices.refetch()} />
  ) : (
    <Loading />
  );
}

function Proposals({ ask, onAsk }: AskProps) {
  const t = useTranslations("seriesScreen");
  const { go } = useNavigation();
  const client = useQueryClient();
  const deed = useDeed();
  // One name for everything that this form books, so that pressing twice books once.
  const [request] = useState(() => crypto.randomUUID());
  const [isBusy, setIsBusy] = useState(false);
  const [isNoting, setIsNoting] = useState(false);
  const choices = useQuery(choicesQuery());
  const hasReason = ask.conditions.length > 0 || ask.needs.length > 0 || ask.first !== null;
  const query = useQuery({ ...proposalsQuery(ask), enabled: hasReason });

  const book = async (proposal: SeriesProposal, choice: number) => {
    if (isBusy) {
      return;
    }
    setIsBusy(true);
    const isDone = await deed(() => bookSeries({ request, ask, choice, visits: proposal.visits }));
    setIsBusy(false);
    const first = proposal.weeks[0]?.visits[0];
    if (isDone) {
      go("day", first ? { date: first.date } : {});
    } else {
      // What is best now is shown in place of what no longer fits.
      await client.invalidateQueries();
    }
  };

  if (!hasReason) {
    return (
      <State title={t("proposals")} icon={<CalendarRange aria-hidden size={28} />}>
        {t("askFirst")}
      </State>
    );
  }
  if (query.error) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const { decision, warnings, proposals, asked } = query.data;
  return (
    <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? "opacity-60" : ""}>
      <DecisionView decision={decision} onProvider={() => setIsNoting(true)} />
      {isNoting && choices.data && (
        <ProviderDialog
          patient={ask.patient}
          disciplines={choices.data.disciplines}
          onClose={() => setIsNoting(false)}
        />
      )}
      {warnings.map((warning) => (
        <p key={warning} className="mt-2 rounded-control border border-unusual/60 px-3 py-2">
          {warning}
        </p>
      ))}
      <h2 className="mt-5 mb-2 font-semibold text-title">{t("proposals")}</h2>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(330px,100%),1fr))] items-start gap-4">
        {proposals.map((proposal, choice) => (
          <ProposalCard
            key={proposal.aim}
            proposal={proposal}
            asked={asked}
            sameAs={proposal.same_as === null ? undefined : proposals[proposal.same_as]?.aim}
            isPrimary={choice === 0}
            isDisabled={isBusy || query.isPlaceholderData}
            onAsk={onAsk}
            onBook={() => void book(proposal, choice)}
          />
        ))}
      </div>
    </div>
  );
}
