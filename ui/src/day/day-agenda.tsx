import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { useTimes } from "../lib/times";
import { currentDate, currentMinute } from "../lib/today";
import { PractitionerDay } from "./practitioner-day";
import { sheetRows } from "./sheet-rows";

/** The day sheet: the appointments of a day on paper, one list for each practitioner. */
export function DayAgenda({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const { date, shortDate, time, weekday } = useTimes();
  const printed = `${shortDate(currentDate())}, ${time(currentMinute())}`;
  return (
    <section aria-label={date(view.date)} className="table w-full break-after-page last:break-after-auto">
      {/* Said again at the top of each page where the web view can. */}
      <div className="table-header-group break-inside-avoid">
        <header className="mb-4 flex items-baseline justify-between gap-4 border-ink border-b pb-2">
          <h1 className="font-semibold text-display first-letter:uppercase">{date(view.date)}</h1>
          <p className="text-quiet">
            <bdi>{view.clinic_name}</bdi>
            <span className="block text-right text-small">{t("printedAt", { when: printed })}</span>
          </p>
        </header>
      </div>
      <div className="table-row-group">
        {view.closed !== null && <p className="mb-4">{t("closed", { name: view.closed })}</p>}
        {view.closed === null && view.practitioners.length === 0 && (
          <p>{t("nobody", { weekday: weekday(view.date) })}</p>
        )}
        {sheetRows(view.practitioners).map((row, at) => (
          // A table, because not every web view keeps the rows of a grid whole between pages.
          // biome-ignore lint/suspicious/noArrayIndexKey: a sheet is drawn once, for the paper.
          <div key={at} className="table w-full table-fixed break-inside-avoid">
            {row.map((list, side) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <div key={side} className="table-cell pb-6 align-top first:pr-3 not-first:pl-3">
                {list && <PractitionerDay date={view.date} list={list} offered={view.disciplines} />}
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
