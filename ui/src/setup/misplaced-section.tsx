import { useQuery } from "@tanstack/react-query";
import { CalendarCheck2, ClipboardCopy, Printer } from "lucide-react";
import { createContext, useContext } from "react";
import { useTranslations } from "use-intl";

import { usePrinting } from "../frame/printing";
import { tell } from "../frame/toasts";
import type { AffectedVisit } from "../lib/api";
import { refusalOf } from "../lib/errors";
import { useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Failure, Loading, State } from "../parts/state";
import { HitList } from "./hit-list";
import { misplacedQuery } from "./queries";
import { Section } from "./section";

/** Leads to the visits that no longer fit. */
const ShowMisplaced = createContext<() => void>(() => {});
export const MisplacedProvider = ShowMisplaced.Provider;
export const useShowMisplaced = () => useContext(ShowMisplaced);

/** The visits that do not fit the clinic as it is: a list for the telephone, each with the way to move it. */
export function MisplacedSection() {
  const t = useTranslations("setup");
  const query = useQuery(misplacedQuery());
  const { print, question } = usePrinting();
  const copy = useCopied();
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const waiting = query.data;
  if (waiting.length === 0) {
    return (
      <State icon={<CalendarCheck2 aria-hidden size={28} />} title={t("nothingMisplaced")}>
        {t("nothingMisplacedAdvice")}
      </State>
    );
  }
  return (
    <Section
      title={t("misplaced")}
      advice={t("misplacedAdvice", { count: waiting.length })}
      action={
        <div className="flex gap-2 print:hidden">
          <Button onPress={() => copy(waiting)}>
            <ClipboardCopy aria-hidden size={16} className="mr-1.5" /> {t("copyList")}
          </Button>
          <Button onPress={print}>
            <Printer aria-hidden size={16} className="mr-1.5" /> {t("printList")}
          </Button>
        </div>
      }
    >
      <HitList hit={waiting} isOpen />
      {question}
    </Section>
  );
}

/** Puts the list on the clipboard, a visit on each line. */
function useCopied() {
  const t = useTranslations("setup");
  const { shortDateTime } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  return async (waiting: AffectedVisit[]) => {
    const lines = waiting.map(({ visit, patient_name, phone, why }) =>
      [
        shortDateTime(visit.start),
        name(patient_name),
        phone && privately(phone),
        visit.service,
        visit.practitioner,
        why,
      ].join("\t"),
    );
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      tell({ text: t("copied", { count: waiting.length }) });
    } catch {
      tell({ text: t("notCopied"), isFault: true });
    }
  };
}
