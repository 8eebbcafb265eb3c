import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

import type { SeriesDecision } from "../lib/api";
import { Button } from "../parts/button";

interface DecisionViewProps {
  decision: SeriesDecision;
  /** Opens the place to note what a provider decided. */
  onProvider: () => void;
}

/** What was decided, why, and who disagrees. */
export function DecisionView({ decision, onProvider }: DecisionViewProps) {
  const t = useTranslations("seriesScreen");
  const parts: [string, string[]][] = [
    [t("order"), decision.order],
    [t("spacing"), decision.spacing],
    [t("frequency"), decision.frequency],
  ];
  return (
    <section
      aria-label={t("decision")}
      className="rounded-control border border-hairline bg-surface px-4 py-3"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {parts.map(([part, reasons]) => (
          <div key={part} className="contents">
            <dt className="text-quiet">{part}</dt>
            <dd className="first-letter:uppercase">{reasons.join("; ")}</dd>
          </div>
        ))}
      </dl>
      {decision.conflicts.map((conflict) => (
        <p key={conflict.words} className="mt-2 flex items-start gap-2">
          <TriangleAlert
            aria-label={t(conflict.settled ? "settled" : "conflict")}
            size={16}
            className={`mt-0.5 shrink-0 ${conflict.settled ? "text-quiet" : "text-rule"}`}
          />
          {conflict.words}
        </p>
      ))}
      <p className="mt-2 flex flex-wrap items-center gap-2">
        {decision.conflicts.some(({ settled }) => !settled) && (
          <span className="font-medium text-rule">{t("askProvider")}</span>
        )}
        <Button onPress={onProvider}>{t("noteProvider")}</Button>
      </p>
      {decision.notes.length > 0 && (
        <p className="mt-2 text-quiet">{t("notes", { notes: decision.notes.join("; ") })}</p>
      )}
    </section>
  );
}
