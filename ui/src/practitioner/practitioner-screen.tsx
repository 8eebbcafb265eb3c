import { type CalendarDate, parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import {
  CalendarArrowDown,
  CalendarArrowUp,
  CalendarOff,
  ChevronLeft,
  ChevronRight,
  Coffee,
} from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";

import { useCommands } from "../frame/commands";
import { useNavigation } from "../frame/navigation";
import type { PractitionerDayView, PractitionerName } from "../lib/api";
import { refusalOf } from "../lib/errors";
import { useShortcuts } from "../lib/shortcuts";
import { useTimes } from "../lib/times";
import { useToday } from "../lib/today";
import { Button } from "../parts/button";
import { Choice } from "../parts/fields";
import { Failure, Loading, State } from "../parts/state";
import { useSession } from "../session/session";
import { DayColumn } from "./day-column";
import { ExportDialog } from "./export-dialog";
import { ImportDialog } from "./import-dialog";
import { practitionerDayQuery, practitionersQuery } from "./queries";
import { VisitCard } from "./visit-card";

const kept = "ordo.practitioner";

/** A practitioner's own day: what comes next, every visit with its notes, and the day as a column. */
export function PractitionerScreen() {
  const query = useQuery(practitionersQuery());
  const t = useTranslations("myDay");
  const setup = useTranslations("setup");
  const { go } = useNavigation();
  const { may } = useSession();
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const [first] = query.data;
  if (!first) {
    return (
      <State
        icon={<CalendarOff aria-hidden size={28} />}
        title={t("nobodyTitle")}
        action={
          may("setup") && (
            <Button isPrimary onPress={() => go("setup", { section: "practitioners" })}>
              {setup("addPractitioner")}
            </Button>
          )
        }
      >
        {t("nobodyAdvice")}
      </State>
    );
  }
  return <Chosen practitioners={query.data} first={first} />;
}

function Chosen({ practitioners, first }: { practitioners: PractitionerName[]; first: PractitionerName }) {
  const t = useTranslations("myDay");
  const { target, go } = useNavigation();
  const { dateTitle } = useTimes();
  const calendars = useTranslations("calendars");
  const mayImport = useSession().may("import_calendar");
  const [isExporting, setIsExporting] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const wanted = target.practitioner ?? localStorage.getItem(kept);
  const chosen = practitioners.find(({ id }) => id === wanted) ?? first;
  // Without a date it is today's, and stays it over midnight.
  const now = useToday();
  const date = target.date ? parseDate(target.date) : now;
  const query = useQuery(practitionerDayQuery(chosen.id, date.toString()));
  const refusal = refusalOf(query);
  const show = (day: CalendarDate) => go("practitioner", { practitioner: chosen.id, date: day.toString() });
  const showToday = () => go("practitioner", { practitioner: chosen.id });
  const isToday = date.compare(now) === 0;

  const exporting = useMemo(
    () => [
      { id: "export-calendar", label: t("export"), run: () => setIsExporting(true) },
      ...(mayImport
        ? [{ id: "import-calendar", label: calendars("import"), run: () => setIsImporting(true) }]
        : []),
    ],
    [t, calendars, mayImport],
  );
  useCommands(exporting);
  useShortcuts({
    ArrowLeft: () => show(date.subtract({ days: 1 })),
    ArrowRight: () => show(date.add({ days: 1 })),
    t: showToday,
  });

  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-hairline border-b bg-surface px-5 py-2.5">
        <nav aria-label={t("days")} className="flex items-center gap-1">
          <Button label={t("previous")} keys="ArrowLeft" onPress={() => show(date.subtract({ days: 1 }))}>
            <ChevronLeft aria-hidden size={18} />
          </Button>
          <Button keys="T" isQuiet={isToday} onPress={showToday}>
            {t("today")}
          </Button>
          <Button label={t("nextDay")} keys="ArrowRight" onPress={() => show(date.add({ days: 1 }))}>
            <ChevronRight aria-hidden size={18} />
          </Button>
        </nav>
        <h1 aria-live="polite" className="font-semibold text-display tracking-tight first-letter:uppercase">
          {dateTitle(date)}
        </h1>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Choice
            isBare
            label={t("practitioner")}
            className="w-56"
            value={chosen.id}
            options={practitioners}
            onChange={(id) => {
              localStorage.setItem(kept, id);
              go("practitioner", { practitioner: id, ...(target.date && { date: target.date }) });
            }}
          />
          {mayImport && (
            <Button onPress={() => setIsImporting(true)}>
              <CalendarArrowUp aria-hidden size={16} className="mr-1.5" /> {calendars("import")}
            </Button>
          )}
          <Button onPress={() => setIsExporting(true)}>
            <CalendarArrowDown aria-hidden size={16} className="mr-1.5" /> {t("export")}
          </Button>
        </div>
      </header>
      <main className="min-h-72 flex-1">
        {refusal ? (
          <Failure error={refusal} onRetry={() => query.refetch()} />
        ) : query.data ? (
          <Day day={query.data} isArriving={query.isPlaceholderData} />
        ) : (
          <Loading />
        )}
      </main>
      {isImporting && <ImportDialog practitioner={chosen} onClose={() => setIsImporting(false)} />}
      {isExporting && (
        <ExportDialog practitioner={chosen} date={date} onClose={() => setIsExporting(false)} />
      )}
    </div>
  );
}

function Day({ day, isArriving }: { day: PractitionerDayView; isArriving: boolean }) {
  const t = useTranslations("myDay");
  const expected = day.visits.filter(({ status }) => status !== "cancelled");
  const marks = { "data-practitioner-day": day.date, "aria-busy": isArriving };
  const look = isArriving ? "opacity-60" : "";
  if (day.visits.length === 0 && day.working.length === 0) {
    return (
      <div {...marks} className={`h-full ${look}`}>
        <State
          icon={<Coffee aria-hidden size={28} />}
          title={day.closed ? t("closed", { name: day.closed }) : t("free")}
        >
          {day.away
            .map(({ reason }) => reason)
            .filter(Boolean)
            .join("; ") || t("freeAdvice")}
        </State>
      </div>
    );
  }
  return (
    <div
      {...marks}
      className={`grid h-full grid-cols-[minmax(0,1fr)_280px] ${look} max-lg:h-auto max-lg:grid-cols-1`}
    >
      <section
        aria-label={t("visits")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 overflow-y-auto px-6 py-4 outline-accent max-lg:overflow-visible max-sm:px-3 focus-visible:outline-2 focus-visible:-outline-offset-2"
      >
        <div className="mx-auto max-w-3xl">
          <p className="mb-3 text-quiet">
            {day.closed ? t("closed", { name: day.closed }) : t("count", { count: expected.length })}
          </p>
          {day.visits.length === 0 ? (
            <p>{t("noVisits")}</p>
          ) : (
            <ol className="flex flex-col gap-2">
              {day.visits.map((visit) => (
                <VisitCard
                  key={visit.id}
                  visit={visit}
                  disciplines={day.practitioner.disciplines}
                  isNext={visit.id === day.next}
                  nowMinute={day.now_minute}
                />
              ))}
            </ol>
          )}
        </div>
      </section>
      <DayColumn day={day} />
    </div>
  );
}
