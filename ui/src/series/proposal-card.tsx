import { useTranslations } from "use-intl";

import type { ProposedVisit, SeriesAsk, SeriesProposal } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Differences } from "./differences";
import { RhythmStrip } from "./rhythm-strip";

interface ProposalCardProps {
  proposal: SeriesProposal;
  /** How many visits were asked for. */
  asked: number;
  days: number[];
  offered: string[];
  isPrimary: boolean;
  isDisabled: boolean;
  onAsk: (ask: SeriesAsk) => void;
  onProvider: () => void;
  onBook: () => void;
  onBoard: () => void;
  onVisit: (visit: ProposedVisit, place: HTMLElement) => void;
  onKey: (visit: ProposedVisit, key: string) => boolean;
}

/** One proposal: when and with whom, what it gives up, what has no place and what would help. */
export function ProposalCard({ proposal, asked, days, offered, ...rest }: ProposalCardProps) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  const isWhole = proposal.unplaced.length === 0;
  const title = proposal.aims.join(" · ");
  return (
    <article
      aria-label={title}
      data-proposal={title}
      className="@container flex min-w-0 flex-col gap-2 rounded-control border border-hairline bg-surface p-3"
    >
      <header className="flex items-start justify-between gap-2 @max-xs:flex-wrap">
        <div className="min-w-0">
          <h3 className="font-semibold text-title">{title}</h3>
          <p className={`text-small ${isWhole ? "text-quiet" : "font-medium text-rule"}`}>
            {isWhole
              ? t("allPlanned", { placed: proposal.placed })
              : t("planned", { placed: proposal.placed, asked })}
            {proposal.first && ` · ${t("starts", { date: times.shortDate(proposal.first) })}`}
          </p>
        </div>
        {proposal.placed > 0 && (
          <div className="shrink-0">
            <Button isPrimary={rest.isPrimary} isDisabled={rest.isDisabled} onPress={rest.onBook}>
              {t("book", { count: proposal.placed })}
            </Button>
          </div>
        )}
      </header>
      <ul className="flex flex-col gap-1 empty:hidden">
        {(proposal.placed > 0 ? proposal.usual : []).map((usual) => {
          const { hue, icon: Icon } = disciplineLook(usual.discipline, offered);
          return (
            <li key={usual.discipline} className="flex items-start gap-1.5">
              <span data-hue={hue} className="mt-0.5 text-hue-ink">
                <Icon aria-hidden size={14} />
              </span>
              <span className="min-w-0">
                <span className="font-medium">{usual.words}</span>
                <span className="text-quiet text-small">
                  {" "}
                  {usual.name}
                  {usual.differ ? ` · ${usual.differ}` : ""}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {proposal.placed > 0 && (
        <p className="text-quiet text-small">
          {proposal.costs.length > 0 ? proposal.costs.join(" · ") : t("perfect")}
        </p>
      )}
      {proposal.differences.length > 0 && (
        <section aria-label={t("beforeAfter")} className="rounded-control bg-raised px-2 py-1.5">
          <Differences differences={proposal.differences} offered={offered} />
        </section>
      )}
      <RhythmStrip
        proposal={proposal}
        days={days}
        offered={offered}
        onVisit={rest.onVisit}
        onKey={rest.onKey}
      />
      {proposal.placed === 0 && <p>{t("nothing")}</p>}
      {proposal.unplaced.length > 0 && (
        <div className="rounded-control border border-rule/40 px-2.5 py-1.5 text-small">
          {helpsOf(proposal).map((help) => (
            <p
              key={`${help.words} ${JSON.stringify(help.ask)}`}
              className="mb-1.5 flex items-center justify-between gap-2"
            >
              <span className="font-medium">{help.words}</span>
              {help.ask ? (
                <Button onPress={() => help.ask && rest.onAsk(help.ask)}>{t("tryThis")}</Button>
              ) : (
                <Button onPress={rest.onProvider}>{t("askIt")}</Button>
              )}
            </p>
          ))}
          <ul className="flex flex-col gap-1">
            {proposal.unplaced.map((missing) => (
              <li key={`${missing.session.discipline} ${missing.session.week}`}>{missing.words}</li>
            ))}
          </ul>
        </div>
      )}
      {proposal.placed > 0 && (
        <p className="mt-auto pt-1">
          <Button isQuiet onPress={rest.onBoard}>
            {t("showOnBoard")}
          </Button>
        </p>
      )}
    </article>
  );
}

type SeriesHelp = SeriesProposal["unplaced"][number]["helps"][number];

/** What would help, each once: one change often makes room for more than one visit. */
function helpsOf({ unplaced }: SeriesProposal): SeriesHelp[] {
  const helps = unplaced.flatMap((missing) => missing.helps);
  const same = (one: SeriesHelp, other: SeriesHelp) =>
    one.words === other.words && JSON.stringify(one.ask) === JSON.stringify(other.ask);
  return helps.filter((help, at) => helps.findIndex((each) => same(each, help)) === at);
}
