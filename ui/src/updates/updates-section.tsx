import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Download, RefreshCw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { ProgressBar } from "react-aria-components";
import { useFormatter, useTranslations } from "use-intl";

import {
  ClinicError,
  fetchUpdate,
  installUpdate,
  lookDaily,
  lookForUpdate,
  type UpdateOffer,
  type UpdatesView,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { readAgain } from "../lib/refresh";
import { useTimes } from "../lib/times";
import { useIsUnsaved } from "../lib/unsaved";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Tick } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { useSession } from "../session/session";
import { Section } from "../setup/section";
import { isUnderWay, SOON, updatesQuery } from "./queries";

/** The version in use, looking for a newer one, and taking it. */
export function UpdatesSection() {
  const query = useQuery(updatesQuery());
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Updates view={query.data} /> : <Loading />;
}

function Updates({ view }: { view: UpdatesView }) {
  const t = useTranslations("updates");
  const { may } = useSession();
  const { shortDateTime } = useTimes();
  const looking = useChange(lookForUpdate);
  const daily = useChange(lookDaily);
  return (
    <Section
      title={t("title")}
      advice={t("advice")}
      action={
        may("look_for_update") && (
          <Button
            isDisabled={looking.isPending || isUnderWay(view)}
            onPress={() => looking.mutate(undefined)}
          >
            <RefreshCw aria-hidden size={16} className="mr-1.5" />
            {t(looking.isPending ? "looking" : "look")}
          </Button>
        )
      }
    >
      <dl className="grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1">
        <dt className="text-quiet">{t("inUse")}</dt>
        <dd className="select-text font-medium tabular-nums">{view.version}</dd>
        <dt className="text-quiet">{t("looked")}</dt>
        <dd>{view.looked ? shortDateTime(view.looked) : t("never")}</dd>
      </dl>
      {may("look_daily") && (
        <div className="mt-3">
          <Tick isSelected={view.daily} onChange={(isOn) => daily.mutate(isOn)}>
            {t("daily")}
          </Tick>
          <p className="ml-6 text-quiet text-small">{t("dailyAdvice")}</p>
        </div>
      )}
      <Refused error={looking.error ?? daily.error} />
      {view.said && (
        <p
          role="status"
          className={`mt-4 flex select-text items-start gap-2 ${view.refused ? "text-rule" : ""}`}
        >
          {view.refused ? (
            <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          ) : (
            <CircleCheck aria-hidden size={16} className="mt-0.5 shrink-0" />
          )}
          {view.said}
        </p>
      )}
      {view.offer && <Offer view={view} offer={view.offer} />}
    </Section>
  );
}

/** A newer version: what is new in it, and taking it. */
function Offer({ view, offer }: { view: UpdatesView; offer: UpdateOffer }) {
  const t = useTranslations("updates");
  const { may } = useSession();
  const { shortDate } = useTimes();
  const taking = useTaking(view);
  return (
    <section className="mt-6 border-hairline border-t pt-4">
      <h3 className="font-semibold text-title">{t("waits", { version: offer.version })}</h3>
      {offer.date && <p className="text-quiet">{t("cameOut", { date: shortDate(offer.date) })}</p>}
      {offer.notes && (
        // Its makers write it in English.
        <p
          lang="en"
          className="mt-2 select-text whitespace-pre-line rounded-control border border-hairline bg-surface p-3"
        >
          {offer.notes}
        </p>
      )}
      {may("install_update") ? (
        <>
          <p className="mt-3 text-quiet">{t("installAdvice")}</p>
          <div className="mt-2 flex flex-wrap items-center gap-4">
            <Button isPrimary isDisabled={taking.isPending} onPress={taking.begin}>
              <Download aria-hidden size={16} className="mr-1.5" />
              {t("install")}
            </Button>
            {isUnderWay(view) && <Stage view={view} />}
          </div>
          <Refused error={taking.error} />
        </>
      ) : (
        <p className="mt-3 text-quiet">{t("ownerInstalls")}</p>
      )}
      {taking.question}
    </section>
  );
}

/** Fetches an update and installs it; what is not saved is asked about before it would be lost, also while it came. */
function useTaking(view: UpdatesView) {
  const t = useTranslations("updates");
  const form = useTranslations("form");
  const isUnsaved = useIsUnsaved();
  const client = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const taking = useChange(async (discard: boolean) => {
    try {
      if (view.stage !== "ready") {
        await fetchUpdate();
      }
      await installUpdate(discard);
    } catch (error) {
      if (!(error instanceof ClinicError && error.code === "unsaved")) {
        throw error;
      }
      setIsAsked(true);
    } finally {
      await readAgain(client, { queryKey: updatesQuery().queryKey });
    }
  });
  // How far it has come.
  useQuery({ ...updatesQuery(), enabled: taking.isPending, refetchInterval: SOON });
  const close = () => setIsAsked(false);
  return {
    // What the program says of an update is shown already.
    error: taking.error?.message === view.said ? null : taking.error,
    isPending: taking.isPending || isUnderWay(view),
    begin: () => (isUnsaved ? setIsAsked(true) : taking.mutate(false)),
    question: (
      <Dialog title={t("restartTitle")} isOpen={isAsked} onClose={close} width="narrow">
        <p role="alert" className="px-4 py-3">
          {t("restartQuestion")}
        </p>
        <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
          <Button
            onPress={() => {
              close();
              taking.mutate(true);
            }}
          >
            {t("discardAndInstall")}
          </Button>
          <Button isPrimary autoFocus onPress={close}>
            {form("keepEditing")}
          </Button>
        </footer>
      </Dialog>
    ),
  };
}

/** How far it has come. */
function Stage({ view: { stage, received, total } }: { view: UpdatesView }) {
  const t = useTranslations("updates");
  const format = useFormatter();
  const megabytes = (kilobytes: number) =>
    format.number(kilobytes / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const text = {
    idle: "",
    ready: "",
    "backing-up": t("backingUp"),
    fetching: total
      ? t("fetchingOf", { received: megabytes(received), total: megabytes(total) })
      : t("fetching"),
    installing: t("installing"),
  }[stage];
  const isMeasured = stage === "fetching" && total !== null;
  return (
    <ProgressBar
      aria-label={text}
      valueLabel={text}
      isIndeterminate={!isMeasured}
      value={isMeasured ? (100 * received) / total : 0}
      className="flex min-w-48 flex-1 flex-col gap-1"
    >
      {({ percentage }) => (
        <>
          <span className="text-quiet tabular-nums">{text}</span>
          <div className="h-1 overflow-hidden rounded-full bg-raised">
            <div className="h-full bg-accent" style={{ width: `${percentage ?? 100}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
