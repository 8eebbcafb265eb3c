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
    <section aria-label={t("decision")} className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <dl className="grid min-w-0 flex-1 basis-96 grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small">
        {parts.map(([part, reasons]) => (
          <div key={part} className="contents">
            <dt className="text-quiet">{part}</dt>
            <dd className="first-letter:uppercase">{reasons.join("; ")}</dd>
          </div>
        ))}
        {decision.notes.length > 0 && (
          <div className="contents">
            <dt className="text-quiet">{t("note")}</dt>
            <dd>{decision.notes.join("; ")}</dd>
          </div>
        )}
      </dl>
      <div className="flex flex-col items-end gap-1">
        {decision.conflicts.map((conflict) => (
          <p key={conflict.words} className="flex max-w-[60ch] items-start gap-2 text-small">
            <TriangleAlert
              aria-label={t(conflict.settled ? "settled" : "conflict")}
              size={16}
              className={`shrink-0 ${conflict.settled ? "text-quiet" : "text-rule"}`}
            />
            {conflict.words}
          </p>
        ))}
        <p className="flex flex-wrap items-center gap-2">
          {decision.conflicts.some(({ settled }) => !settled) && (
            <span className="font-medium text-rule">{t("askProvider")}</span>
          )}
          <Button onPress={onProvider}>{t("noteProvider")}</Button>
        </p>
      </div>
    </section>
  );
}
