import type { CalendarDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import {
  CalendarDays,
  CalendarPlus,
  ChevronRight,
  GitMerge,
  LockKeyhole,
  Pencil,
  Trash2,
  UsersRound,
} from "lucide-react";
import { useState } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import { useNavigation } from "../frame/navigation";
import {
  ClinicError,
  type Named,
  type PatientHit,
  type PatientRecord as Record,
  removePatient,
  type VisitLine,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { parts, useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { useInPieces } from "../parts/in-pieces";
import { Failure, Loading, Refused, State } from "../parts/state";
import { useSession } from "../session/session";
import { LockBoxDialog } from "./lock-box-dialog";
import { MergeDialog } from "./merge-dialog";
import { PatientDetails } from "./patient-details";
import { PatientDialog } from "./patient-dialog";
import { choicesQuery, recordQuery } from "./queries";
import { SeriesCard } from "./series-card";
import { VisitList } from "./visit-list";

interface PatientRecordProps {
  id: string;
  onOpen: (id: string) => void;
  onGone: () => void;
}

/** Everything that is known of a patient. */
export function PatientRecord({ id, onOpen, onGone }: PatientRecordProps) {
  const query = useQuery(recordQuery(id));
  const record = useInPieces(query.data);
  const t = useTranslations("patients");
  if (query.error instanceof ClinicError && query.error.code === "not-found") {
    return (
      <State
        icon={<UsersRound aria-hidden size={28} />}
        title={t("goneTitle")}
        action={<Button onPress={onGone}>{t("toList")}</Button>}
      >
        {t("goneAdvice")}
      </State>
    );
  }
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return record ? <Loaded record={record} onOpen={onOpen} onGone={onGone} /> : <Loading />;
}

function Loaded({
  record,
  onOpen,
  onGone,
}: {
  record: Record;
  onOpen: (id: string) => void;
  onGone: () => void;
}) {
  const t = useTranslations("patients");
  const choices = useQuery(choicesQuery());
  const { may } = useSession();
  const [open, setOpen] = useState<"edit" | { merge?: string }>();
  const disciplines = choices.data?.disciplines ?? [];
  const close = () => setOpen(undefined);
  return (
    <article data-patient={record.id} className="mx-auto max-w-6xl px-6 py-5 max-sm:px-3">
      <Title record={record} onEdit={() => setOpen("edit")} onMerge={() => setOpen({})} onGone={onGone} />
      <Next record={record} />
      {(may("merge_patients") ? record.alike : []).map((alike) => (
        <Alike key={alike.id} alike={alike} onCompare={() => setOpen({ merge: alike.id })} />
      ))}
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_244px] items-start gap-x-6 gap-y-6 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-6">
          <VisitList
            title={t("ahead")}
            visits={record.ahead}
            disciplines={disciplines}
            empty={t("nothingAhead")}
          />
          {record.series.length > 0 && <AllSeries record={record} disciplines={disciplines} />}
          <VisitList
            title={t("past")}
            visits={record.past}
            disciplines={disciplines}
            empty={t("nothingPast")}
          />
        </div>
        {choices.data && <PatientDetails record={record} choices={choices.data} />}
      </div>
      {open === "edit" && <PatientDialog record={record} onClose={close} onOpen={onOpen} />}
      {open instanceof Object && (
        <MergeDialog
          id={record.id}
          {...(open.merge && { with: open.merge })}
          onClose={close}
          onMerged={(kept) => {
            close();
            onOpen(kept);
          }}
        />
      )}
    </article>
  );
}

/** The series that run, whole; those that are over wait behind one line. */
function AllSeries({ record, disciplines }: { record: Record; disciplines: Named[] }) {
  const t = useTranslations("patients");
  const running = record.series.filter((series) => series.running);
  const ended = record.series.filter((series) => !series.running);
  const cards = (all: typeof ended) => (
    <div className="flex flex-col gap-3">
      {all.map((series) => (
        <SeriesCard key={series.id} series={series} disciplines={disciplines} />
      ))}
    </div>
  );
  return (
    <section aria-labelledby="patient-series">
      <h2 id="patient-series" className="mb-2 font-semibold text-title">
        {t("series")}
      </h2>
      {cards(running)}
      {ended.length > 0 && (
        <Disclosure defaultExpanded={running.length === 0 && ended.length === 1} className="mt-2">
          {({ isExpanded }) => (
            <>
              <Heading slot="title" level={3}>
                <AriaButton
                  slot="trigger"
                  className="flex h-8 cursor-default items-center gap-1 rounded-control px-1 text-quiet outline-accent hover:text-ink focus-visible:outline-2"
                >
                  <ChevronRight
                    aria-hidden
                    size={16}
                    className={`motion-safe:transition-transform ${isExpanded ? "rotate-90" : ""}`}
                  />
                  {t("endedSeries", { count: ended.length })}
                </AriaButton>
              </Heading>
              <DisclosurePanel>{isExpanded && cards(ended)}</DisclosurePanel>
            </>
          )}
        </Disclosure>
      )}
    </section>
  );
}

/** When the patient comes next, or came last, and the way there. */
function Next({ record }: { record: Record }) {
  const t = useTranslations("patients");
  const { shortDateTime } = useTimes();
  const { go } = useNavigation();
  const takes = ({ status }: VisitLine) => status !== "cancelled" && status !== "noshow";
  const next = record.ahead.find(takes);
  const last = record.past.find(takes);
  const shown = next ?? last;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-control border border-hairline bg-surface px-4 py-2">
      {!next && <p className="text-quiet">{t("nothingNext")}</p>}
      {shown && (
        <>
          <p className="min-w-0 flex-1 break-words">
            <span className="text-quiet">{t(next ? "nextVisit" : "lastVisit")}</span>{" "}
            <span className="font-semibold">{shortDateTime(shown.start)}</span>{" "}
            <span className="text-quiet">
              {[shown.service, shown.practitioner, shown.room].filter(Boolean).join(" · ")}
            </span>
          </p>
          <Button onPress={() => go("day", { date: parts(shown.start).date, appointment: shown.id })}>
            <CalendarDays aria-hidden size={14} className="mr-1.5" /> {t("onBoard")}
          </Button>
        </>
      )}
    </div>
  );
}

interface HeadingProps {
  record: Record;
  onEdit: () => void;
  onMerge: () => void;
  onGone: () => void;
}

function Title({ record, onEdit, onMerge, onGone }: HeadingProps) {
  const t = useTranslations("patients");
  const { go } = useNavigation();
  const { may, user } = useSession();
  const lockBoxWords = useTranslations("lockBox");
  const [isLockBox, setIsLockBox] = useState(false);
  const name = useNames();
  const privately = usePrivately();
  const { plainDate } = useTimes();
  const { form } = record;
  const tellDone = useTellDone();
  const remove = useChange(removePatient, (removed) => {
    tellDone((shown) => t.rich("removed", { name: () => shown(form.name) }), removed);
    onGone();
  });
  const born = form.date_of_birth;
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2
            title={name(form.name)}
            className="line-clamp-3 break-words font-semibold text-display tracking-tight"
          >
            <bdi>{name(form.name)}</bdi>
          </h2>
          <p className="flex select-text flex-wrap gap-x-4 text-quiet">
            {born && (
              <span>{privately(t("born", { date: plainDate(born), age: ageOn(born, currentDate()) }))}</span>
            )}
            {form.phone && <span>{privately(form.phone)}</span>}
            {form.email && <span className="break-all">{privately(form.email)}</span>}
            {!born && !form.phone && !form.email && <span>{t("noContact")}</span>}
          </p>
          {record.kept_until && (
            <p className={`text-small ${record.outlived ? "text-rule" : "text-quiet"}`}>
              {t(record.outlived ? "outlived" : "keptUntil", { date: plainDate(record.kept_until) })}
            </p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          {may("book_series") && (
            <Button isPrimary onPress={() => go("series", { patient: record.id })}>
              <CalendarPlus aria-hidden size={16} className="mr-1.5" /> {t("bookSeries")}
            </Button>
          )}
          {may("book_visit") && (
            <Button onPress={() => go("day", { patient: record.id })}>{t("bookVisit")}</Button>
          )}
          {may("save_patient") && (
            <Button onPress={onEdit}>
              <Pencil aria-hidden size={14} className="mr-1.5" /> {t("edit")}
            </Button>
          )}
          {may("merge_patients") && (
            <Button onPress={onMerge}>
              <GitMerge aria-hidden size={14} className="mr-1.5" /> {t("merge")}
            </Button>
          )}
          {user && may("put_lock_box") && (
            <Button onPress={() => setIsLockBox(true)}>
              <LockKeyhole aria-hidden size={14} className="mr-1.5" /> {lockBoxWords("button")}
            </Button>
          )}
          {may("remove_patient") && record.removable && (
            <Button onPress={() => remove.mutate(record.id)}>
              <Trash2 aria-hidden size={14} className="mr-1.5" /> {t("remove")}
            </Button>
          )}
        </div>
      </div>
      {remove.error && <Refused error={remove.error} />}
      {isLockBox && <LockBoxDialog patient={record.id} onClose={() => setIsLockBox(false)} />}
    </header>
  );
}

function Alike({ alike, onCompare }: { alike: PatientHit; onCompare: () => void }) {
  const t = useTranslations("patients");
  const name = useNames();
  const privately = usePrivately();
  const { plainDate } = useTimes();
  const facts = [alike.date_of_birth && plainDate(alike.date_of_birth), alike.phone]
    .filter(Boolean)
    .join(" · ");
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-hairline bg-raised px-3 py-1.5">
      <UsersRound aria-hidden size={16} className="text-quiet" />
      <p className="wrap-anywhere min-w-0 flex-1">
        {t.rich("alike", { name: () => <bdi className="font-semibold">{name(alike.name)}</bdi> })}
        {facts && <span className="text-quiet"> ({privately(facts)})</span>}
      </p>
      <Button onPress={onCompare}>{t("compare")}</Button>
    </div>
  );
}

/** Whole years from a date such as `1984-03-12`. */
export function ageOn(born: string, day: CalendarDate): number {
  const [year = 0, month = 1, date = 1] = born.split("-").map(Number);
  const hadBirthday = day.month > month || (day.month === month && day.day >= date);
  return day.year - year - (hadBirthday ? 0 : 1);
}
