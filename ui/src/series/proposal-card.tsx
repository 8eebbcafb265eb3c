import { useTranslations } from "use-intl";

import type { SeriesAsk, SeriesProposal } from "../lib/api";
import { Button } from "../parts/button";
import { RhythmStrip } from "./rhythm-strip";

interface ProposalCardProps {
  proposal: SeriesProposal;
  /** How many sessions were asked for. */
  asked: number;
  /** The aim of the earlier proposal with the same visits. */
  sameAs: string | undefined;
  isPrimary: boolean;
  isDisabled: boolean;
  onAsk: (ask: SeriesAsk) => void;
  onBook: () => void;
}

/** One proposal: when and with whom, what it costs, what has no place and what would help. */
export function ProposalCard({ proposal, asked, sameAs, ...rest }: ProposalCardProps) {
  const t = useTranslations("seriesScreen");
  return (
    <article
      aria-label={proposal.aim}
      data-proposal={proposal.aim}
      className="flex flex-col gap-3 rounded-control border border-hairline bg-surface p-4"
    >
      <header className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold text-title">{proposal.aim}</h3>
        <p className="shrink-0 text-quiet text-small">{t("planned", { placed: proposal.placed, asked })}</p>
      </header>
      {sameAs !== undefined ? (
        <p className="text-quiet">{t("same", { aim: sameAs })}</p>
      ) : (
        <>
          <ul>
            {proposal.usual.map((usual) => (
              <li key={usual} className="font-medium">
                {usual}
              </li>
            ))}
          </ul>
          <p className="text-quiet">
            {proposal.costs.length > 0 ? proposal.costs.join(" · ") : proposal.placed > 0 && t("perfect")}
          </p>
          <RhythmStrip proposal={proposal} />
          {proposal.unplaced.map((missing) => (
            <div key={missing.words} className="rounded-control border border-hairline bg-raised px-3 py-2">
              <p className="text-rule">{missing.words}</p>
              {missing.helps.map((help) => (
                <p key={help.words} className="mt-1 flex items-center justify-between gap-2">
                  {help.words}
                  {help.ask && (
                    <Button onPress={() => help.ask && rest.onAsk(help.ask)}>{t("tryThis")}</Button>
                  )}
                </p>
              ))}
            </div>
          ))}
          {proposal.placed > 0 ? (
            <Button isPrimary={rest.isPrimary} isDisabled={rest.isDisabled} onPress={rest.onBook}>
              {t("book", { count: proposal.placed })}
            </Button>
          ) : (
            <p>{t("nothing")}</p>
          )}
        </>
      )}
    </article>
  );
}
