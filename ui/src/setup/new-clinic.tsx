import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { type NewClinicForm, startNew } from "../lib/api";
import { useChange } from "../lib/changes";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Choice, TextInput, Tick, TimeInput } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { defaultsQuery } from "./queries";

/** A short guided set-up: the name, who treats, when it is open. Everything can be changed later. */
export function NewClinic() {
  const query = useQuery(defaultsQuery());
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Guided defaults={query.data} /> : <Loading />;
}

function Guided({ defaults }: { defaults: NewClinicForm }) {
  const t = useTranslations("firstStart");
  const { weekdays } = useTimes();
  const [form, setForm] = useState(defaults);
  const start = useChange(() => startNew(form));
  const set = (changes: Partial<NewClinicForm>) => setForm({ ...form, ...changes });
  const days = weekdays("long");
  const [hours] = form.opening;
  const from = hours?.from_minute ?? 540;
  const to = hours?.to_minute ?? 1020;
  const open = (chosen: number[], from_minute: number, to_minute: number) =>
    set({
      opening: chosen
        .toSorted((one, two) => one - two)
        .map((weekday) => ({ weekday, from_minute, to_minute })),
    });
  const openDays = form.opening.map(({ weekday }) => weekday);
  const gives = [
    { id: "physio", name: t("physio") },
    { id: "massage", name: t("massage") },
    { id: "both", name: t("both") },
  ];
  return (
    <Form
      className="rounded-control border border-hairline bg-surface"
      onSubmit={(event) => {
        event.preventDefault();
        if (!start.isPending) {
          start.mutate(undefined);
        }
      }}
    >
      <div className="grid grid-cols-[200px_1fr] gap-x-6 gap-y-5 p-5 max-sm:grid-cols-1">
        <h2 className="font-semibold">{t("clinic")}</h2>
        <TextInput
          label={t("clinicName")}
          isRequired
          autoFocus
          value={form.settings.name}
          onChange={(name) => set({ settings: { ...form.settings, name } })}
        />
        <div>
          <h2 className="font-semibold">{t("people")}</h2>
          <p className="text-quiet text-small">{t("peopleAdvice")}</p>
        </div>
        <div className="flex flex-col gap-2">
          {form.practitioners.map((person, index) => {
            const put = (changes: Partial<typeof person>) =>
              set({
                practitioners: form.practitioners.map((other, at) =>
                  at === index ? { ...other, ...changes } : other,
                ),
              });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
              <div key={index} className="grid grid-cols-[1fr_190px_auto] items-center gap-2">
                <TextInput
                  isBare
                  isRequired
                  label={t("personName", { number: index + 1 })}
                  placeholder={t("name")}
                  value={person.name}
                  onChange={(name) => put({ name })}
                />
                <Choice
                  isBare
                  label={t("gives", { number: index + 1 })}
                  value={person.disciplines.length > 1 ? "both" : (person.disciplines[0] ?? "physio")}
                  options={gives}
                  onChange={(id) => put({ disciplines: id === "both" ? ["physio", "massage"] : [id] })}
                />
                <Button
                  label={t("removePerson", { number: index + 1 })}
                  isDisabled={form.practitioners.length === 1}
                  onPress={() => set({ practitioners: form.practitioners.filter((_, at) => at !== index) })}
                >
                  <X aria-hidden size={16} />
                </Button>
              </div>
            );
          })}
          <div>
            <Button
              onPress={() =>
                set({ practitioners: [...form.practitioners, { name: "", disciplines: ["physio"] }] })
              }
            >
              <Plus aria-hidden size={16} className="mr-1" /> {t("addPerson")}
            </Button>
          </div>
        </div>
        <div>
          <h2 className="font-semibold">{t("opening")}</h2>
          <p className="text-quiet text-small">{t("openingAdvice")}</p>
        </div>
        <div>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {days.map((name, weekday) => (
              <Tick
                key={name}
                className="capitalize"
                isSelected={openDays.includes(weekday)}
                onChange={(is) =>
                  open(is ? [...openDays, weekday] : openDays.filter((day) => day !== weekday), from, to)
                }
              >
                {name}
              </Tick>
            ))}
          </div>
          <div className="mt-2 grid w-56 grid-cols-2 gap-2">
            <TimeInput label={t("from")} value={from} onChange={(minute) => open(openDays, minute, to)} />
            <TimeInput label={t("to")} isEnd value={to} onChange={(minute) => open(openDays, from, minute)} />
          </div>
        </div>
        <h2 className="font-semibold">{t("included")}</h2>
        <div>
          <p className="mb-2 text-quiet">
            {t("includedText", { rooms: form.rooms.map(({ name }) => name).join(", ") })}
          </p>
          <Tick isSelected={form.holidays} onChange={(is) => set({ holidays: is })}>
            {t("holidays")}
          </Tick>
        </div>
      </div>
      <footer className="flex items-center gap-3 border-hairline border-t px-5 py-3">
        <div className="min-w-0 flex-1">
          <Refused error={start.error} />
        </div>
        <Button isPrimary type="submit" isDisabled={start.isPending}>
          {t("begin")}
        </Button>
      </footer>
    </Form>
  );
}
