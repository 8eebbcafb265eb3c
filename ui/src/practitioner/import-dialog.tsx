import { FileUp } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslations } from "use-intl";

import {
  type CalendarImportView,
  type ImportedTime,
  importCalendar,
  type PractitionerName,
  previewCalendar,
} from "../lib/api";
import { useChange, useTellDone } from "../lib/changes";
import { fileText } from "../lib/file-text";
import { useTimes } from "../lib/times";
import { usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Tick } from "../parts/fields";
import { Refused } from "../parts/state";
import { HitList } from "../setup/hit-list";

interface ImportDialogProps {
  practitioner: PractitionerName;
  onClose: () => void;
}

interface Chosen {
  name: string;
  text: string;
  titles: boolean;
  preview: CalendarImportView;
}

/** A calendar file as the absences of a practitioner: first what it would do, then the one change. */
export function ImportDialog({ practitioner, onClose }: ImportDialogProps) {
  const t = useTranslations("calendars");
  const tellDone = useTellDone();
  const [chosen, setChosen] = useState<Chosen>();
  const form = (titles: boolean) => ({ practitioner: practitioner.id, titles, from: null, to: null });
  const read = useChange(async ({ name, text, titles }: Omit<Chosen, "preview">) =>
    setChosen({ name, text, titles, preview: await previewCalendar(form(titles), text) }),
  );
  const bringIn = useChange(
    ({ text, titles }: Chosen) => importCalendar(form(titles), text),
    ({ added, changed, removed, entry }) => {
      if (entry !== null) {
        tellDone(t("imported", { count: added.length + changed.length + removed.length }), { entry });
      }
      onClose();
    },
  );
  const choose = async (file: File) => {
    bringIn.reset();
    read.mutate({ name: file.name, text: await fileText(file), titles: chosen?.titles ?? false });
  };
  const preview = chosen?.preview;
  const changes = preview ? preview.added.length + preview.changed.length + preview.removed.length : 0;
  return (
    <Dialog title={t("importTitle", { name: practitioner.name })} width="wide" isOpen onClose={onClose}>
      <div className="flex max-h-[70vh] flex-col gap-4 overflow-y-auto p-4">
        <p className="text-quiet">{t("importAdvice")}</p>
        <div className="flex items-center gap-3">
          <FileTrigger
            acceptedFileTypes={[".ics", "text/calendar"]}
            onSelect={(files) => {
              const file = files?.item(0);
              if (file) {
                void choose(file);
              }
            }}
          >
            <Button>
              <FileUp aria-hidden size={16} className="mr-1.5" /> {t("choose")}
            </Button>
          </FileTrigger>
          {chosen && <span className="min-w-0 truncate">{chosen.name}</span>}
        </div>
        <Refused error={read.error ?? bringIn.error} />
        {chosen && (
          <Tick
            isSelected={chosen.titles}
            onChange={(titles) => read.mutate({ name: chosen.name, text: chosen.text, titles })}
          >
            {t("titles")}
          </Tick>
        )}
        {preview && <Preview preview={preview} />}
      </div>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button
          isPrimary
          isDisabled={!chosen || changes === 0 || read.isPending || bringIn.isPending}
          onPress={() => chosen && bringIn.mutate(chosen)}
        >
          {t("bringIn")}
        </Button>
      </footer>
    </Dialog>
  );
}

function Preview({ preview }: { preview: CalendarImportView }) {
  const t = useTranslations("calendars");
  const { plainDate } = useTimes();
  const { added, changed, removed, skipped, affected } = preview;
  const isNothing = added.length + changed.length + removed.length === 0;
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      <p>
        {preview.name && <b className="font-semibold">{preview.name} · </b>}
        {t("within", { from: plainDate(preview.from), to: plainDate(preview.to) })}
        <span className="block text-quiet">
          {t("counted", { unchanged: preview.unchanged, outside: preview.outside, free: preview.free })}
        </span>
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
              <li key={`${line} ${why}`} className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 py-1">
                <span className="text-quiet">{t("line", { line })}</span>
                <span className="select-text break-words">{why}</span>
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
  const { shortDateTime } = useTimes();
  const privately = usePrivately();
  if (times.length === 0) {
    return null;
  }
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="divide-y divide-hairline border-hairline border-y">
        {times.slice(0, listed).map(({ from, to, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two times may be alike, and the list does not change.
          <li key={index} className="flex gap-3 py-1">
            <span className="font-medium">
              {shortDateTime(from)} – {shortDateTime(to)}
            </span>
            <span className="min-w-0 truncate text-quiet">{reason && privately(reason)}</span>
          </li>
        ))}
      </ul>
      {times.length > listed && (
        <p className="mt-1 text-quiet">{t("more", { count: times.length - listed })}</p>
      )}
    </section>
  );
}
