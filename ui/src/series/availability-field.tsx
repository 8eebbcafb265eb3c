import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton, Input, Label, TextField } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import { type AvailabilityForm, type PatientForm, savePatient, understandAvailability } from "../lib/api";
import { useChange } from "../lib/changes";
import { END_OF_DAY, useTimes } from "../lib/times";
import { recordQuery } from "../patients/queries";
import { type Group, groups, less, runs, together } from "./availability";

interface AvailabilityFieldProps {
  patient: string;
  /** When the patient can come this time; as the record says when null, always when empty. */
  value: AvailabilityForm[] | null;
  onChange: (value: AvailabilityForm[] | null) => void;
}

/** When the patient can come, typed as it is said and shown as chips. */
export function AvailabilityField({ patient, value, onChange }: AvailabilityFieldProps) {
  const t = useTranslations("seriesScreen");
  const record = useQuery(recordQuery(patient));
  const tellDone = useTellDone();
  const keep = useChange(
    ({ form, availability }: { form: PatientForm; availability: AvailabilityForm[] }) =>
      savePatient(patient, form, { ...form, availability }),
    (saved) => {
      onChange(null);
      tellDone(t("availabilityKept"), saved);
    },
  );
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string>();
  const known = record.data?.form.availability ?? [];
  const shown = value ?? known;
  const words = useWindowWords();
  const add = async () => {
    if (!text.trim()) {
      return;
    }
    try {
      const understood = await understandAvailability(text);
      onChange(together(shown, understood));
      setText("");
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div>
      <TextField
        value={text}
        onChange={(typed) => {
          setText(typed);
          setFault(undefined);
        }}
        isInvalid={fault !== undefined}
      >
        <div className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          <Label className="text-quiet text-small">{t("availability")}</Label>
          <ul aria-label={t("availability")} className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
            {groups(shown).map((group) => (
              <li
                key={`${group.days} ${group.from_minute} ${group.to_minute}`}
                className="flex h-6 items-center gap-1 rounded-control border border-accent bg-raised pl-2 text-small"
              >
                {words(group)}
                <AriaButton
                  aria-label={t("removeAvailability", { words: words(group) })}
                  onPress={() => onChange(less(shown, group))}
                  className="flex size-6 items-center justify-center rounded-control text-quiet outline-accent hover:text-ink focus-visible:outline-2"
                >
                  <X aria-hidden size={12} />
                </AriaButton>
              </li>
            ))}
            {shown.length === 0 && <li className="text-quiet text-small">{t("always")}</li>}
            {value !== null && (
              <>
                <li>
                  <Small onPress={() => onChange(null)}>{t("asRecorded")}</Small>
                </li>
                <li>
                  <Small
                    onPress={() =>
                      record.data && keep.mutate({ form: record.data.form, availability: value })
                    }
                  >
                    {t("keepAvailability")}
                  </Small>
                </li>
              </>
            )}
          </ul>
        </div>
        <div className="flex gap-1.5">
          <Input
            placeholder={t("availabilityHint")}
            className="h-8 min-w-0 flex-1 select-text rounded-control border border-edge bg-surface px-2 outline-accent placeholder:text-quiet focus:outline-2 focus:-outline-offset-1 data-invalid:border-rule"
            onKeyDown={(event) => {
              if (event.key === "Enter") {
                event.preventDefault();
                void add();
              }
            }}
          />
          {text.trim() && (
            <AriaButton
              onPress={() => void add()}
              className="h-8 rounded-control border border-hairline px-2 font-medium outline-accent hover:border-edge focus-visible:outline-2"
            >
              {t("addAvailability")}
            </AriaButton>
          )}
        </div>
      </TextField>
      {(fault ?? keep.error?.message) && (
        <p role="alert" className="mt-1 text-rule text-small first-letter:uppercase">
          {fault ?? keep.error?.message}
        </p>
      )}
    </div>
  );
}

function Small({ children, onPress }: { children: string; onPress: () => void }) {
  return (
    <AriaButton
      onPress={onPress}
      className="h-6 rounded-control px-1 text-accent text-small underline-offset-2 outline-accent hover:underline focus-visible:outline-2"
    >
      {children}
    </AriaButton>
  );
}

function useWindowWords() {
  const t = useTranslations("seriesScreen");
  const { time, weekdays } = useTimes();
  const names = weekdays("short");
  return ({ days, from_minute: from, to_minute: to }: Group) => {
    const said = runs(days)
      .map(([first, last]) =>
        first === last
          ? names[first]
          : last === first + 1
            ? `${names[first]}, ${names[last]}`
            : `${names[first]}–${names[last]}`,
      )
      .join(", ");
    if (from === 0 && to === END_OF_DAY) {
      return said;
    }
    if (from === 0) {
      return t("windowBefore", { days: said, time: time(to) });
    }
    if (to === END_OF_DAY) {
      return t("windowAfter", { days: said, time: time(from) });
    }
    return t("windowBetween", { days: said, from: time(from), to: time(to) });
  };
}
