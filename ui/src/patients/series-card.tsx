import { CircleAlert, CircleCheck } from "lucide-react";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import type { Named, SeriesLine, SeriesSession } from "../lib/api";
import { disciplineLook, type Hue } from "../lib/disciplines";
import { parts, useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { CardDialog } from "../series/card-dialog";

interface SeriesCardProps {
  series: SeriesLine;
  disciplines: Named[];
}

/** A series: its rule, how far it is, its weeks as a strip, and what is not as it should be. */
export function SeriesCard({ series, disciplines }: SeriesCardProps) {
  const t = useTranslations("patients");
  const { plainDate } = useTimes();
  const { go } = useNavigation();
  const card = useTranslations("seriesCard");
  const [isCardOpen, setIsCardOpen] = useState(false);
  const isMissed = series.concerns.some(({ kind }) => kind === "nothing-ahead" || kind === "to-place");
  const total = series.sessions.length;
  const dateOf = (appointment: string) =>
    parts(series.sessions.find((session) => session.appointment === appointment)?.start ?? "").date;
  return (
    <section
      data-series={series.id}
      aria-label={t("seriesFrom", { from: plainDate(series.from), to: plainDate(series.to) })}
      className={`rounded-control border border-hairline px-4 py-3 ${series.running ? "bg-surface" : ""}`}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">
          {t("seriesFrom", { from: plainDate(series.from), to: plainDate(series.to) })}
        </h3>
        <p className="text-quiet text-small">
          {t("progress", { done: series.done, booked: series.booked, total })}
        </p>
      </div>
      <p className="text-quiet first-letter:uppercase">{series.rule}</p>
      <Strip series={series} disciplines={disciplines} />
      {series.running && (
        <div className="mt-2 flex flex-wrap gap-2">
          {!isMissed && (
            <Button onPress={() => go("series", { series: series.id })}>{t("replanRest")}</Button>
          )}
          {series.booked > 0 && <Button onPress={() => setIsCardOpen(true)}>{card("open")}</Button>}
        </div>
      )}
      {isCardOpen && <CardDialog series={series.id} onClose={() => setIsCardOpen(false)} />}
      <ul className="mt-2 flex flex-col gap-1">
        {series.concerns.map(({ kind, text, appointment }) => (
          <li key={text} data-concern={kind} className="flex items-start gap-1.5">
            <CircleAlert
              aria-hidden
              size={16}
              className={`mt-0.5 shrink-0 ${kind === "to-place" || kind === "off-rhythm" ? "text-quiet" : "text-rule"}`}
            />
            <span className="min-w-0 flex-1 first-letter:uppercase">{text}</span>
            {(kind === "nothing-ahead" || kind === "to-place") && series.running && (
              <Button onPress={() => go("series", { series: series.id })}>{t("planRest")}</Button>
            )}
            {appointment && (
              <Button onPress={() => go("day", { date: dateOf(appointment), appointment })}>
                {t("moveIt")}
              </Button>
            )}
          </li>
        ))}
        {series.concerns.length === 0 && (
          <li className="flex items-center gap-1.5">
            <CircleCheck aria-hidden size={16} className="text-accent" /> {t("onRhythm")}
          </li>
        )}
      </ul>
    </section>
  );
}

/** Weeks from left to right; in each its sessions, with the gap of a pair between them. */
function Strip({ series, disciplines }: SeriesCardProps) {
  const t = useTranslations("patients");
  const weeks = [...new Set(series.sessions.map(({ week }) => week))];
  return (
    <ol aria-label={t("weeks")} className="mt-2 flex flex-wrap gap-x-1.5 gap-y-2">
      {weeks.map((week) => {
        const gap = series.gaps.find((each) => each.week === week);
        return (
          <li
            key={week}
            className="flex min-w-13 flex-col items-center gap-0.5 rounded-control bg-raised px-1 py-1"
          >
            <span className="text-quiet text-small">
              <span className="sr-only">{t("week", { number: week + 1 })}</span>
              <span aria-hidden>{week + 1}</span>
            </span>
            <span className="flex gap-0.5">
              {series.sessions
                .filter((session) => session.week === week)
                .map((session) => (
                  <Session key={session.discipline} session={session} disciplines={disciplines} />
                ))}
            </span>
            <span
              className={`text-small ${gap && !gap.as_asked ? "font-semibold text-rule" : "text-quiet"} ${gap ? "" : "invisible"}`}
            >
              {gap?.words ?? "–"}
              {gap && !gap.as_asked && <span className="sr-only"> {t("gapNotKept")}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Session({ session, disciplines }: { session: SeriesSession; disciplines: Named[] }) {
  const t = useTranslations("patients");
  const status = useTranslations("status");
  const { shortDateTime } = useTimes();
  const { go } = useNavigation();
  const look = disciplineLook(
    session.discipline,
    disciplines.map(({ id }) => id),
  );
  const Icon = look.icon;
  const takesPlace =
    session.status === "booked" || session.status === "arrived" || session.status === "fulfilled";
  const name = disciplines.find(({ id }) => id === session.discipline)?.name ?? session.discipline;
  const words = [
    name,
    session.start && shortDateTime(session.start),
    session.status ? status(session.status) : t("toPlace"),
    !session.on_rhythm && t("offRhythm"),
  ].filter(Boolean);
  const drawn = (
    <>
      <Icon aria-hidden size={14} />
      <span className="sr-only">
        {words.map((word) => (
          <Fragment key={String(word)}>{word} </Fragment>
        ))}
      </span>
    </>
  );
  const { appointment, start } = session;
  return (
    <SessionPlace
      hue={look.hue}
      title={words.join(", ")}
      {...(appointment && start && { onOpen: () => go("day", { date: parts(start).date, appointment }) })}
      className={`flex size-6 items-center justify-center rounded-control ${
        takesPlace
          ? session.status === "fulfilled"
            ? "bg-hue text-surface"
            : "bg-hue-tint text-hue-ink shadow-[inset_0_0_0_1px_var(--hue)]"
          : "border border-edge border-dashed text-quiet"
      }`}
    >
      {drawn}
    </SessionPlace>
  );
}

interface SessionPlaceProps {
  hue: Hue;
  title: string;
  className: string;
  /** Opens the visit that stands for the session, where there is one. */
  onOpen?: () => void;
  children: ReactNode;
}

function SessionPlace({ hue, title, className, onOpen, children }: SessionPlaceProps) {
  return onOpen ? (
    <button
      type="button"
      data-hue={hue}
      title={title}
      onClick={onOpen}
      className={`${className} cursor-default outline-accent hover:outline-2 focus-visible:outline-2 focus-visible:outline-offset-1`}
    >
      {children}
    </button>
  ) : (
    <span data-hue={hue} title={title} className={className}>
      {children}
    </span>
  );
}
