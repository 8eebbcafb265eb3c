import { CircleCheck, Clock, CloudAlert, type LucideIcon, TriangleAlert } from "lucide-react";
import { ProgressBar } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { PublishedView } from "../lib/api";
import { useTimes } from "../lib/times";

const icons: Record<PublishedView["state"]["kind"], LucideIcon> = {
  elsewhere: CloudAlert,
  waiting: Clock,
  working: Clock,
  kept: CircleCheck,
  delayed: Clock,
  stopped: TriangleAlert,
};

/** How publishing to an account goes, in words. */
export function PublishState({ published }: { published: PublishedView }) {
  const t = useTranslations("publish");
  const { shortDateTime } = useTimes();
  const { state, last, removing } = published;
  const Icon = icons[state.kind];
  const isFault = state.kind === "stopped";
  const why = "why" in state ? `${state.why.charAt(0).toLocaleUpperCase()}${state.why.slice(1)}. ` : "";
  const said = removing
    ? {
        elsewhere: t("removalElsewhere"),
        waiting: t("removalWaiting"),
        working: t("looking"),
        kept: t("removalWaiting"),
        delayed: `${why}${t("removalDelayed")}`,
        stopped: `${why}${t("paused")}`,
      }[state.kind]
    : {
        elsewhere: t("elsewhere"),
        waiting: t("waiting"),
        working: t("looking"),
        kept: t("kept"),
        delayed: `${why}${t("delayed")}`,
        stopped: why,
      }[state.kind];
  if (state.kind === "working" && state.of > 0) {
    const counted = { done: state.done, of: state.of };
    return (
      <ProgressBar aria-label={t("progress")} value={state.done} maxValue={state.of} className="min-w-0">
        <span className="mb-1 block text-quiet tabular-nums">
          {t(removing ? "removing" : "working", counted)}
        </span>
        <span aria-hidden className="block h-1 overflow-hidden rounded-full bg-raised">
          <span
            className="block h-full bg-accent"
            style={{ width: `${Math.round((100 * state.done) / state.of)}%` }}
          />
        </span>
      </ProgressBar>
    );
  }
  return (
    <p className={`flex min-w-0 select-text items-start gap-2 ${isFault ? "text-rule" : "text-quiet"}`}>
      <Icon
        aria-hidden
        size={16}
        className={`mt-0.5 shrink-0 ${state.kind === "kept" ? "text-accent" : ""}`}
      />
      <span className="min-w-0 break-words">
        {said}{" "}
        {last && !removing && state.kind !== "stopped" && (
          <>
            {t("last", { ...last, at: shortDateTime(last.at) })}{" "}
            {last.left > 0 && t("left", { count: last.left })}
          </>
        )}
      </span>
    </p>
  );
}
