import { useQuery } from "@tanstack/react-query";
import { CalendarArrowDown, ChevronLeft, ChevronRight, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { tell } from "../frame/toasts";
import { type ClinicPart, type ClosureForm, type SetupView, saveClosures } from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Button } from "../parts/button";
import { DateInputField, TextInput, Tick } from "../parts/fields";
import { Failure, Refused } from "../parts/state";
import { useDraft } from "./drafts";
import { holidaysQuery } from "./queries";
import { SaveDraft, useSaving } from "./saving";
import { Section } from "./section";

/** The dates on which nobody works, by year; Ontario's holidays are proposed. */
export function ClosuresSection({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const [year, setYear] = useState(currentDate().year);
  const save = useChange(
    () => saveClosures(`${year}-01-01`, `${year}-12-31`),
    (place) => place !== null && tell({ text: t("closuresSaved", { place }) }),
  );
  return (
    <Section
      title={t("closures")}
      advice={t("closuresAdvice")}
      action={
        <nav aria-label={t("year")} className="flex flex-wrap items-center gap-1">
          <Button label={t("yearBefore")} onPress={() => setYear(year - 1)}>
            <ChevronLeft aria-hidden size={16} />
          </Button>
          <span aria-live="polite" className="w-14 text-center font-semibold text-title">
            {year}
          </span>
          <Button label={t("yearAfter")} onPress={() => setYear(year + 1)}>
            <ChevronRight aria-hidden size={16} />
          </Button>
          <Button isDisabled={save.isPending} onPress={() => save.mutate(undefined)}>
            <CalendarArrowDown aria-hidden size={16} className="mr-1.5" /> {t("saveClosures")}
          </Button>
        </nav>
      }
    >
      <Refused error={save.error} />
      <Year key={year} year={year} setup={setup} />
    </Section>
  );
}

function Year({ year, setup }: { year: number; setup: SetupView }) {
  const t = useTranslations("setup");
  const { shortDate } = useTimes();
  const query = useQuery(holidaysQuery(year));
  const present = setup.closures.filter(({ date }) => date.startsWith(`${year}-`));
  const draft = useDraft<ClinicPart>(`closures-${year}`, {
    part: "closures",
    form: { year, closures: present },
  });
  const saving = useSaving({ edited: draft.edited, onMerged: draft.rebase });
  const closures = draft.edited.part === "closures" ? draft.edited.form.closures : present;
  const put = (closures: ClosureForm[]) =>
    draft.edit({
      part: "closures",
      form: { year, closures: closures.toSorted((one, two) => one.date.localeCompare(two.date)) },
    });
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  const proposed = query.data ?? [];
  const own = closures.filter(({ date }) => proposed.every((holiday) => holiday.date !== date));
  const closeAll = () => {
    const missing = proposed.filter(
      ({ date, statutory }) => statutory && closures.every((closure) => closure.date !== date),
    );
    put([...closures, ...missing.map(({ date, name }) => ({ date, name }))]);
  };
  const holidays = (statutory: boolean) => (
    <div className="flex flex-col gap-1">
      {proposed
        .filter((holiday) => holiday.statutory === statutory)
        .map(({ date, name }) => (
          <Tick
            key={date}
            isSelected={closures.some((closure) => closure.date === date)}
            onChange={(is) =>
              put(is ? [...closures, { date, name }] : closures.filter((closure) => closure.date !== date))
            }
          >
            <span className="grid grid-cols-[112px_1fr] gap-x-1">
              <span className="text-quiet">{shortDate(date)}</span> <span>{name}</span>
            </span>
          </Tick>
        ))}
    </div>
  );
  return (
    <>
      {saving.notice}
      <div className="grid grid-cols-2 gap-8 max-lg:grid-cols-1">
        <div>
          <div className="mb-2 flex h-8 items-center justify-between">
            <h3 className="font-semibold">{t("publicHolidays")}</h3>
            <Button onPress={closeAll}>{t("closeAll")}</Button>
          </div>
          {holidays(true)}
          <h3 className="mt-4 mb-2 font-semibold">{t("optionalHolidays")}</h3>
          {holidays(false)}
        </div>
        <div>
          <h3 className="mb-2 flex h-8 items-center font-semibold">{t("ownClosures")}</h3>
          {own.length === 0 && <p className="text-quiet">{t("noOwnClosures")}</p>}
          <ul className="flex flex-col gap-1">
            {own.map(({ date, name }) => (
              <li key={date} className="flex items-center gap-2">
                <span className="w-28 text-quiet">{shortDate(date)}</span>
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <Button
                  label={t("reopen", { name: name || shortDate(date) })}
                  onPress={() => put(closures.filter((closure) => closure.date !== date))}
                >
                  <X aria-hidden size={16} />
                </Button>
              </li>
            ))}
          </ul>
          <OwnClosure
            year={year}
            onAdd={(closure) => put([...closures.filter(({ date }) => date !== closure.date), closure])}
          />
        </div>
      </div>
      <SaveDraft draft={draft} saving={saving} />
    </>
  );
}

function OwnClosure({ year, onAdd }: { year: number; onAdd: (closure: ClosureForm) => void }) {
  const t = useTranslations("setup");
  const [date, setDate] = useState<string | null>(null);
  const [name, setName] = useState("");
  const isOfYear = date?.startsWith(`${year}-`) ?? false;
  return (
    <div className="mt-3 grid grid-cols-[132px_1fr_auto] items-end gap-2 max-sm:grid-cols-1">
      <DateInputField label={t("date")} value={date} onChange={setDate} />
      <TextInput label={t("why")} value={name} onChange={setName} />
      <Button
        isDisabled={!isOfYear || name.trim() === ""}
        onPress={() => {
          onAdd({ date: date ?? "", name: name.trim() });
          setDate(null);
          setName("");
        }}
      >
        <Plus aria-hidden size={16} className="mr-1" /> {t("close")}
      </Button>
    </div>
  );
}
