import { parseDate } from "@internationalized/date";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import {
  type AccountCalendar,
  accountCalendar,
  type CalendarImportView,
  type ImportedTime,
  importCalendar,
  type PractitionerName,
  previewCalendar,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { parts, useTimes } from "../lib/times";
import { usePrivately } from "../lib/words";
import { type Account, AccountFields, CalendarChoice, useCalendars } from "../parts/account";
import { Tick } from "../parts/fields";
import { FileChoice, ImportFrame } from "../parts/importing";
import { OneOf } from "../parts/one-of";
import { HitList } from "../setup/hit-list";

interface ImportDialogProps {
  practitioner: PractitionerName;
  onClose: () => void;
}

interface Chosen {
  source: Source;
  name: string;
  text: string;
  titles: boolean;
  preview: CalendarImportView;
}

type Source = "file" | "account";

const nobody: Account = { address: "", user: "", password: "" };

/** A calendar as the absences of a practitioner: first what it would do, then the one change. */
export function ImportDialog({ practitioner, onClose }: ImportDialogProps) {
  const t = useTranslations("calendars");
  const tellDone = useTellDone();
  const [source, setSource] = useState<Source>("file");
  const [account, setAccount] = useState(nobody);
  const [chosen, setChosen] = useState<Chosen>();
  const [calendar, setCalendar] = useState("");
  const form = (titles: boolean) => ({ practitioner: practitioner.id, titles, from: null, to: null });
  const read = useChange(async (wanted: Omit<Chosen, "preview">) =>
    setChosen({ ...wanted, preview: await previewCalendar(form(wanted.titles), wanted.text) }),
  );
  const fetch = useChange(
    ({ address }: AccountCalendar) => accountCalendar(address, account.user, account.password),
    (text, { name }) => choose("account", name, text),
  );
  const calendars = useCalendars(account, (found) => {
    setChosen(undefined);
    setCalendar(found.address);
    fetch.mutate(found);
  });
  const bringIn = useChange(
    ({ text, titles }: Chosen) => importCalendar(form(titles), text),
    ({ added, changed, removed, entry }) => {
      if (entry !== null) {
        tellDone(t("imported", { count: added.length + changed.length + removed.length }), { entry });
      }
      onClose();
    },
  );
  const choose = (from: Source, name: string, text: string) => {
    bringIn.reset();
    read.mutate({ source: from, name, text, titles: chosen?.titles ?? false });
  };
  const turnTo = (other: Source) => {
    setSource(other);
    setChosen(undefined);
    setCalendar("");
    for (const asked of [read, fetch, bringIn]) {
      asked.reset();
    }
  };
  const preview = chosen?.preview;
  const changes = preview ? preview.added.length + preview.changed.length + preview.removed.length : 0;
  return (
    <ImportFrame
      title={t("importTitle", { name: practitioner.name })}
      advice={t("importAdvice")}
      source={
        <>
          <OneOf
            label={t("source")}
            value={source}
            options={[
              { id: "file", name: t("fromFile") },
              { id: "account", name: t("fromAccount") },
            ]}
            onChange={turnTo}
          />
          {source === "file" ? (
            <FileChoice
              label={t("choose")}
              kinds={[".ics", "text/calendar"]}
              chosen={chosen?.name}
              onChoose={(name, text) => choose("file", name, text)}
            />
          ) : (
            <Form
              className="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                if (calendars.canFind) {
                  calendars.look();
                }
              }}
            >
              <AccountFields value={account} onChange={setAccount} />
              <p className="text-quiet">{t("accountAdvice")}</p>
              <CalendarChoice calendars={calendars} chosen={calendar} isSubmit />
              <p role="status" className="text-quiet empty:hidden">
                {fetch.isPending && t("fetching")}
              </p>
            </Form>
          )}
        </>
      }
      error={fetch.error ?? read.error ?? bringIn.error}
      submit={t("bringIn")}
      isReady={changes > 0 && !read.isPending && !fetch.isPending && !bringIn.isPending}
      onSubmit={() => chosen && bringIn.mutate(chosen)}
      onClose={onClose}
    >
      {chosen && (
        <Tick isSelected={chosen.titles} onChange={(titles) => read.mutate({ ...chosen, titles })}>
          {t("titles")}
        </Tick>
      )}
      {chosen && preview && <Preview preview={preview} hasLines={chosen.source === "file"} />}
    </ImportFrame>
  );
}

/** What it would do; lines are those of a file that somebody can look into. */
function Preview({ preview, hasLines }: { preview: CalendarImportView; hasLines: boolean }) {
  const t = useTranslations("calendars");
  const { plainDate } = useTimes();
  const { added, changed, removed, unchanged, outside, free, skipped, affected } = preview;
  const isNothing = added.length + changed.length + removed.length === 0;
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      <p>
        {preview.name && <b className="font-semibold">{preview.name} · </b>}
        {t("within", { from: plainDate(preview.from), to: plainDate(preview.to) })}
        {unchanged + outside + free > 0 && (
          <span className="block text-quiet">{t("counted", { unchanged, outside, free })}</span>
        )}
      </p>
      {isNothing && <p className="font-semibold">{t("nothing")}</p>}
      <Times title={t("added", { count: added.length })} times={added} />
      <Times title={t("changed", { count: changed.length })} times={changed} />
      <Times title={t("removed", { count: removed.length })} times={removed} />
      {affected.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">{t("affected", { count: affected.length })}</h3>
          <HitList hit={affected} />
        </section>
      )}
      {skipped.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">
            {t("skipped", { count: skipped.length + preview.more_skipped })}
          </h3>
          <ul className="divide-y divide-hairline border-hairline border-y">
            {skipped.map(({ line, why }) => (
              <li key={`${line} ${why}`} className="flex gap-3 py-1">
                {hasLines && <span className="w-22 shrink-0 text-quiet">{t("line", { line })}</span>}
                <span className="min-w-0 select-text break-words">{why}</span>
              </li>
            ))}
          </ul>
          {preview.more_skipped > 0 && (
            <p className="mt-1 text-quiet">{t("moreSkipped", { count: preview.more_skipped })}</p>
          )}
        </section>
      )}
    </div>
  );
}

/** So many times are listed; more are counted in the title. */
const listed = 100;

function Times({ title, times }: { title: string; times: ImportedTime[] }) {
  const t = useTranslations("calendars");
  const { shortDateTime, shortDate } = useTimes();
  // Whole days end with the midnight after them, which nobody says.
  const span = ({ from, to }: ImportedTime) => {
    const [first, last] = [parts(from), parts(to)];
    if (first.minute !== 0 || last.minute !== 0 || first.date === last.date) {
      return `${shortDateTime(from)} – ${shortDateTime(to)}`;
    }
    const end = parseDate(last.date).subtract({ days: 1 });
    return end.compare(parseDate(first.date)) === 0
      ? t("wholeDay", { date: shortDate(first.date) })
      : t("wholeDays", { from: shortDate(first.date), to: shortDate(end) });
  };
  const privately = usePrivately();
  if (times.length === 0) {
    return null;
  }
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="divide-y divide-hairline border-hairline border-y">
        {times.slice(0, listed).map((time, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two times may be alike, and the list does not change.
          <li key={index} className="flex gap-3 py-1">
            <span className="font-medium">{span(time)}</span>
            <span className="min-w-0 truncate text-quiet">{time.reason && privately(time.reason)}</span>
          </li>
        ))}
      </ul>
      {times.length > listed && (
        <p className="mt-1 text-quiet">{t("more", { count: times.length - listed })}</p>
      )}
    </section>
  );
}
