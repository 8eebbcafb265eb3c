import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { CalendarArrowDown, FileDown, Printer } from "lucide-react";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { createPortal, flushSync } from "react-dom";
import { useTranslations } from "use-intl";

import { usePreferences } from "../frame/preferences";
import { tell } from "../frame/toasts";
import { type SeriesCard, saveSeriesCalendar, saveSeriesCard, seriesCard } from "../lib/api";
import { useChange } from "../lib/changes";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Failure, Loading, Refused } from "../parts/state";
import { type Locale, languages } from "../words/words";

/** A series' card; what it said before stays until it is here. */
export const cardQuery = (series: string, language: Locale) =>
  queryOptions({
    queryKey: ["series-card", series, language],
    queryFn: () => seriesCard(series, language),
    placeholderData: keepPreviousData,
  });

/** The card that the patient takes home, in the patient's language, on paper or as a file. */
export function CardDialog({ series, onClose }: { series: string; onClose: () => void }) {
  const t = useTranslations("seriesCard");
  const name = useNames();
  const [language, setLanguage] = useState<Locale>(usePreferences().language);
  const [isPrinting, setIsPrinting] = useState(false);
  const card = useQuery(cardQuery(series, language));
  const save = useChange(
    () => saveSeriesCard(series, language),
    (place) => place !== null && tell({ text: t("saved", { place }) }),
  );
  const calendar = useChange(
    () => saveSeriesCalendar(series, language),
    (place) => place !== null && tell({ text: t("saved", { place }) }),
  );
  const print = () => {
    flushSync(() => setIsPrinting(true));
    document.documentElement.dataset.printing = "card";
    window.print();
    delete document.documentElement.dataset.printing;
    setIsPrinting(false);
  };
  return (
    <Dialog title={t("title")} isOpen onClose={onClose} width="wide">
      <div className="flex items-center justify-between gap-3 border-hairline border-b px-4 py-2">
        <p className="text-quiet">{t("advice")}</p>
        <ToggleButtonGroup
          aria-label={t("language")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[language]}
          onSelectionChange={(keys) => setLanguage(keys.has("fr") ? "fr" : "en")}
          className="flex gap-1"
        >
          {languages.map(({ id, name }) => (
            <ToggleButton
              key={id}
              id={id}
              className="h-8 rounded-control border border-hairline px-2 outline-accent hover:border-edge focus-visible:outline-2 data-selected:border-accent data-selected:bg-raised data-selected:font-semibold data-selected:text-accent"
            >
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <section
        aria-label={t("title")}
        aria-busy={card.isPlaceholderData}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-[56vh] min-h-40 overflow-y-auto bg-canvas p-4 outline-accent max-sm:p-2 focus-visible:outline-2 focus-visible:-outline-offset-2"
      >
        {card.error ? (
          <Failure error={card.error} onRetry={() => card.refetch()} />
        ) : card.data ? (
          <div className="rounded-control border border-hairline bg-surface p-6 max-sm:p-3">
            <Card card={{ ...card.data, patient: name(card.data.patient) }} />
          </div>
        ) : (
          <Loading />
        )}
        <Refused error={save.error ?? calendar.error} />
      </section>
      <footer className="flex flex-wrap justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("close")}</Button>
        <Button isDisabled={!card.data || save.isPending} onPress={() => save.mutate(undefined)}>
          <FileDown aria-hidden size={16} className="mr-1.5" /> {t("pdf")}
        </Button>
        <Button isDisabled={!card.data || calendar.isPending} onPress={() => calendar.mutate(undefined)}>
          <CalendarArrowDown aria-hidden size={16} className="mr-1.5" /> {t("calendar")}
        </Button>
        <Button isPrimary isDisabled={!card.data} onPress={print}>
          <Printer aria-hidden size={16} className="mr-1.5" /> {t("print")}
        </Button>
      </footer>
      {isPrinting &&
        card.data &&
        createPortal(
          <div className="printed-card p-6">
            <Card card={card.data} />
          </div>,
          document.body,
        )}
    </Dialog>
  );
}

/** The card itself; its words are the program's, in the language of the card. */
function Card({ card }: { card: SeriesCard }) {
  return (
    <article lang={card.language} className="wrap-anywhere text-body">
      <p className="text-small">{card.clinic}</p>
      <h3 className="font-semibold text-display">{card.title}</h3>
      <p className="font-semibold text-title">
        <bdi>{card.patient}</bdi>
      </p>
      {card.rule && <p className="text-small">{card.rule}</p>}
      <table className="mt-3 w-full border-collapse">
        <thead>
          <tr className="border-edge border-b text-left text-small">
            {card.columns.map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {card.lines.map((line) => (
            <tr
              key={`${line.date} ${line.time}`}
              className="break-inside-avoid border-edge border-b align-top"
            >
              <td className="py-1 pr-3 font-medium">{line.date}</td>
              <td className="py-1 pr-3 sm:whitespace-nowrap">{line.time}</td>
              <td className="py-1 pr-3">{line.treatment}</td>
              <td className="py-1">
                <bdi>{line.practitioner}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-small">{card.closing}</p>
    </article>
  );
}
