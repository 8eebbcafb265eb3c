import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { type JournalAsk, type JournalLine, saveJournal } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { Failure, Loading, Refused, State } from "../parts/state";
import { ChainCheck } from "./chain-check";
import { JournalDialog } from "./journal-dialog";
import { JournalFilters } from "./journal-filters";
import { JournalList } from "./journal-list";
import { journalChoicesQuery, journalQuery } from "./queries";
import { RetentionYears } from "./retention-years";

const everything: JournalAsk = { person: null, patient: null, kind: null, from: null, to: null };

/** Who saw and did what: searched, taken out as a table, and checked to be as it was written. */
export function JournalSection() {
  const t = useTranslations("journal");
  const [ask, setAsk] = useState(everything);
  const [shown, setShown] = useState<JournalLine>();
  const choices = useQuery(journalChoicesQuery());
  const found = useInfiniteQuery(journalQuery(ask));
  const saving = useChange(saveJournal, (place) => {
    if (place !== null) {
      tell({ text: t("savedAs", { place }) });
    }
  });
  const lines = found.data?.pages.flatMap((page) => page.lines) ?? [];
  const failed = found.error ?? choices.error;
  if (failed) {
    return (
      <Failure
        error={failed}
        onRetry={() => {
          void choices.refetch();
          void found.refetch();
        }}
      />
    );
  }
  if (!choices.data) {
    return <Loading />;
  }
  return (
    <section aria-label={t("title")} className="flex h-full min-h-96 flex-col px-6 pt-5">
      <header className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="font-semibold text-display tracking-tight">{t("title")}</h2>
          <p className="text-quiet">{t("advice")}</p>
        </div>
        <div className="flex gap-2">
          <ChainCheck />
          <Button isDisabled={saving.isPending} onPress={() => saving.mutate(ask)}>
            <Download aria-hidden size={16} className="mr-1.5" /> {t("save")}
          </Button>
        </div>
      </header>
      <Refused error={saving.error} />
      <JournalFilters choices={choices.data} ask={ask} onAsk={setAsk} />
      <div className="min-h-0 flex-1 border-hairline border-t">
        {found.isPending ? (
          <Loading />
        ) : lines.length === 0 ? (
          <State title={t("nothing")}>{t("nothingAdvice")}</State>
        ) : (
          <JournalList
            lines={lines}
            onOpen={setShown}
            isLoading={found.isFetchingNextPage}
            onMore={() => found.hasNextPage && void found.fetchNextPage()}
          />
        )}
      </div>
      <RetentionYears key={choices.data.years} years={choices.data.years} />
      {shown && <JournalDialog line={shown} onClose={() => setShown(undefined)} />}
    </section>
  );
}
