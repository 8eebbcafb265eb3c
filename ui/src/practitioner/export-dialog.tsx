import { type CalendarDate, endOfMonth, startOfMonth } from "@internationalized/date";
import { ClipboardCopy, FolderOpen } from "lucide-react";
import { useState } from "react";
import { Form, Radio, RadioGroup } from "react-aria-components";
import { useTranslations } from "use-intl";

import { type NamesShown, type PractitionerName, saveCalendar, showInFolder } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { DateInputField } from "../parts/fields";
import { Refused } from "../parts/state";

interface ExportDialogProps {
  practitioner: PractitionerName;
  date: CalendarDate;
  onClose: () => void;
}

const choices: NamesShown[] = ["initials", "busy", "full"];

/** A practitioner's calendar as a file for another calendar program. */
export function ExportDialog({ practitioner, date, onClose }: ExportDialogProps) {
  const t = useTranslations("myDay");
  const [from, setFrom] = useState<string | null>(startOfMonth(date).toString());
  const [to, setTo] = useState<string | null>(endOfMonth(date.add({ months: 2 })).toString());
  const [names, setNames] = useState<NamesShown>("initials");
  const [saved, setSaved] = useState<string>();
  const save = useChange(
    () => saveCalendar(practitioner.id, from ?? "", to ?? "", names),
    (place) => {
      if (place !== null) {
        setSaved(place);
      }
    },
  );
  const isWhole = from !== null && to !== null && from <= to;
  const form = (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !save.isPending) {
          save.mutate(undefined);
        }
      }}
    >
      <div className="grid grid-cols-2 gap-4 p-4 max-sm:grid-cols-1">
        {save.error && (
          <div className="col-span-full">
            <Refused error={save.error} />
          </div>
        )}
        <DateInputField label={t("exportFrom")} value={from} onChange={setFrom} />
        <DateInputField label={t("exportTo")} value={to} onChange={setTo} />
        <RadioGroup
          value={names}
          onChange={(value) => setNames(choices.find((choice) => choice === value) ?? "initials")}
          aria-label={t("names")}
          className="col-span-full flex flex-col gap-1"
        >
          <span aria-hidden className="text-quiet text-small">
            {t("names")}
          </span>
          {choices.map((choice) => (
            <Radio key={choice} value={choice} className="group flex min-h-6 items-center gap-2">
              <span className="flex size-4 shrink-0 items-center justify-center rounded-full border border-edge outline-accent group-data-focus-visible:outline-2 group-data-selected:border-accent">
                <span className="invisible size-2 rounded-full bg-accent group-data-selected:visible" />
              </span>
              {t(`names-${choice}`)}
            </Radio>
          ))}
        </RadioGroup>
        <p className="col-span-full text-quiet">{t(names === "full" ? "fullWarning" : "namesAdvice")}</p>
      </div>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button isPrimary type="submit" isDisabled={!isWhole || save.isPending}>
          {t("exportNow")}
        </Button>
      </footer>
    </Form>
  );
  // One dialog for both, so that the focus goes back to what opened it.
  return (
    <Dialog title={t("exportTitle", { name: practitioner.name })} isOpen onClose={onClose}>
      {saved !== undefined ? <Saved place={saved} onClose={onClose} /> : form}
    </Dialog>
  );
}

/** Where the file lies now, and what can be done with it. */
function Saved({ place, onClose }: { place: string; onClose: () => void }) {
  const t = useTranslations("myDay");
  const [isCopied, setIsCopied] = useState(false);
  const reveal = useChange(() => showInFolder(place));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(place);
      setIsCopied(true);
    } catch {
      // The place stands there to be selected and copied by hand.
      setIsCopied(false);
    }
  };
  return (
    <>
      <div className="flex flex-col gap-3 p-4">
        <Refused error={reveal.error} />
        <p role="status">{t("exported")}</p>
        <p className="select-all break-all rounded-control border border-hairline bg-raised px-3 py-2">
          <bdi>{place}</bdi>
        </p>
        <p className="text-quiet">{t("exportedAdvice")}</p>
      </div>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={() => void copy()}>
          <ClipboardCopy aria-hidden size={16} className="mr-1.5" /> {t(isCopied ? "copied" : "copyPlace")}
        </Button>
        <Button onPress={() => reveal.mutate(undefined)}>
          <FolderOpen aria-hidden size={16} className="mr-1.5" /> {t("showInFolder")}
        </Button>
        <Button isPrimary autoFocus onPress={onClose}>
          {t("done")}
        </Button>
      </footer>
    </>
  );
}
