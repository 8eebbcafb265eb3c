import { queryOptions, useQuery } from "@tanstack/react-query";
import { CalendarRange } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import { restOfSeries, type SeriesAsk, seriesChoices } from "../lib/api";
import { useInPieces } from "../parts/in-pieces";
import { Failure, Loading, State } from "../parts/state";
import { PatientDialog } from "../patients/patient-dialog";
import { ChosenPatient, PatientSearch } from "../patients/patient-search";
import { Booked } from "./booked";
import { askNext, begin, blankAsk, type Draft, forget, takeBack, useDraft } from "./draft";
import { Proposals } from "./proposals";
import { SeriesForm } from "./series-form";

const choicesQuery = () => queryOptions({ queryKey: ["series-choices"], queryFn: seriesChoices });

/** From a patient and what they are treated for to a booked series, on one screen. */
export function SeriesScreen() {
  const t = useTranslations("seriesScreen");
  const { target } = useNavigation();
  const draft = useDraft();
  const rest = useQuery({
    queryKey: ["rest-of-series", target.series],
    queryFn: () => restOfSeries(target.series ?? ""),
    enabled: target.series !== undefined && draft?.ask.series !== target.series,
    // A draft begins with the series as it is now, not as it was when somebody looked before.
    gcTime: 0,
  });
  useTargetedDraft(draft, target.patient, target.series, rest.data);
  useTakingBack(draft !== undefined && draft.booked === undefined);
  // Once it is being planned, or booked, the series of before may be gone.
  const isAwaited = target.series !== undefined && draft?.ask.series !== target.series;
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-b bg-surface px-5 py-2">
        <h1 className="font-semibold text-display tracking-tight">
          {t(draft?.ask.series ? "restTitle" : "title")}
        </h1>
        {draft && (
          <div className="w-80">
            <ChosenPatient id={draft.ask.patient} onChange={forget} />
          </div>
        )}
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        {isAwaited && rest.error ? (
          <Failure error={rest.error} onRetry={() => rest.refetch()} />
        ) : isAwaited && rest.isPending ? (
          <Loading />
        ) : draft?.booked ? (
          <Booked draft={draft} booked={draft.booked} />
        ) : draft ? (
          <Planning key={draft.request} draft={draft} />
        ) : (
          <Choosing />
        )}
      </main>
    </div>
  );
}

/** Begins a draft for what the screen was opened on, unless it is being planned already. */
function useTargetedDraft(
  draft: Draft | undefined,
  patient: string | undefined,
  series: string | undefined,
  rest: SeriesAsk | undefined,
) {
  const [done, setDone] = useState<string>();
  const wanted = series ?? patient;
  useEffect(() => {
    if (!wanted || done === wanted) {
      return;
    }
    const isPlanned =
      series === undefined
        ? draft?.ask.patient === patient && draft?.ask.series === null && !draft.booked
        : draft?.ask.series === series && !draft.booked;
    if (isPlanned) {
      setDone(wanted);
    } else if (series === undefined && patient) {
      begin(blankAsk(patient));
      setDone(wanted);
    } else if (rest) {
      begin(rest);
      setDone(wanted);
    }
  }, [wanted, done, series, patient, rest, draft]);
}

/** Control Z takes back what was changed on this screen before it takes back anything of the clinic. */
function useTakingBack(isActive: boolean) {
  useEffect(() => {
    if (!isActive) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      const isTyped =
        event.target instanceof HTMLElement && ["INPUT", "TEXTAREA"].includes(event.target.tagName);
      if (isUndo && !isTyped && takeBack()) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [isActive]);
}

/** The first question: for whom. */
function Choosing() {
  const t = useTranslations("seriesScreen");
  const [isNew, setIsNew] = useState<string>();
  return (
    <div className="mx-auto mt-10 w-105 max-w-full px-4">
      <h2 className="mb-1 flex items-center gap-2 font-semibold text-title">
        <CalendarRange aria-hidden size={18} className="text-quiet" /> {t("choosePatient")}
      </h2>
      <p className="mb-4 text-quiet">{t("choosePatientAdvice")}</p>
      <PatientSearch onChoose={(hit) => begin(blankAsk(hit.id))} onNew={setIsNew} />
      {isNew !== undefined && (
        <PatientDialog
          initialName={isNew}
          onClose={() => setIsNew(undefined)}
          onOpen={(id) => {
            setIsNew(undefined);
            begin(blankAsk(id));
          }}
        />
      )}
    </div>
  );
}

function Planning({ draft }: { draft: Draft }) {
  const t = useTranslations("seriesScreen");
  const query = useQuery(choicesQuery());
  const choices = useInPieces(query.data);
  const { ask } = draft;
  if (query.error) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!choices) {
    return <Loading />;
  }
  const hasReason =
    ask.conditions.length > 0 ||
    ask.needs.length > 0 ||
    ask.first !== null ||
    ask.only !== null ||
    ask.series !== null;
  return (
    <>
      <SeriesForm choices={choices} ask={ask} onAsk={askNext} />
      {hasReason ? (
        <Proposals draft={draft} disciplines={choices.disciplines} />
      ) : (
        <State title={t("proposals")} icon={<CalendarRange aria-hidden size={28} />}>
          {t("askFirst")}
        </State>
      )}
    </>
  );
}
