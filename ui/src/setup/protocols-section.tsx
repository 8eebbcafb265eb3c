import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import {
  type FrequencyForm,
  type ProtocolEffect,
  type ProtocolsForm,
  type ProtocolsView,
  protocolsImpact,
  saveProtocols,
} from "../lib/api";
import { useChange, useTellDone } from "../lib/changes";
import { useTimes } from "../lib/times";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Choice, NumberInput } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { ConditionRows, NamedRows } from "./protocol-rows";
import { protocolsQuery } from "./queries";
import { SaveBar } from "./saving";
import { Section } from "./section";

const frequencies: FrequencyForm[] = ["combined", "alternating", "both-weekly"];

/** The protocols: order by condition and need, spacing, frequency; every change is a new version. */
export function ProtocolsSection() {
  const [version, setVersion] = useState<number | null>(null);
  const query = useQuery(protocolsQuery(version));
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  return query.data ? (
    <Editor key={query.data.version} view={query.data} onVersion={setVersion} />
  ) : (
    <Loading />
  );
}

function Editor({ view, onVersion }: { view: ProtocolsView; onVersion: (version: number | null) => void }) {
  const t = useTranslations("setup");
  const { plainDate } = useTimes();
  const [form, setForm] = useState(view.form);
  const [effects, setEffects] = useState<ProtocolEffect[]>();
  const newest = view.versions[0]?.version ?? view.version;
  const isOld = view.version !== newest;
  const isChanged = isOld || JSON.stringify(form) !== JSON.stringify(view.form);
  const set = (changes: Partial<ProtocolsForm>) => setForm({ ...form, ...changes });
  const tellDone = useTellDone();
  const save = useChange(
    () => saveProtocols(newest, form),
    (version) => {
      setEffects(undefined);
      tellDone(t("protocolsSaved", { version }));
      onVersion(null);
    },
  );
  const look = useMutation({
    mutationFn: () => protocolsImpact(form),
    networkMode: "always",
    onSuccess: (found) => (found.length > 0 ? setEffects(found) : save.mutate(undefined)),
  });
  const discard = () => {
    setForm(view.form);
    onVersion(null);
  };
  return (
    <Section
      title={t("protocols")}
      advice={t("protocolsAdvice")}
      action={
        <Choice
          isBare
          label={t("version")}
          className="w-80"
          value={String(view.version)}
          options={view.versions.map(({ version, at, series }) => ({
            id: String(version),
            name: t("versionOf", { version, date: at ? plainDate(at.slice(0, 10)) : "", series }),
          }))}
          onChange={(id) => onVersion(Number(id) === newest ? null : Number(id))}
        />
      }
    >
      <div className="flex flex-col gap-6">
        <Refused error={save.error ?? look.error} />
        {isOld && (
          <p role="status" className="rounded-control border border-hairline bg-raised px-3 py-2">
            {t("oldVersion", { version: view.version })}
          </p>
        )}
        <div>
          <h3 className="mb-2 font-semibold text-title">{t("spacing")}</h3>
          <div className="grid grid-cols-4 gap-4 max-lg:grid-cols-2">
            <NumberInput
              label={t("minHours")}
              most={120}
              value={form.min_hours}
              onChange={(min_hours) => set({ min_hours })}
            />
            <NumberInput
              label={t("maxHours")}
              most={120}
              value={form.max_hours}
              onChange={(max_hours) => set({ max_hours })}
            />
            <NumberInput
              label={t("maxWait")}
              most={240}
              value={form.max_wait_minutes}
              onChange={(max_wait_minutes) => set({ max_wait_minutes })}
            />
            <NumberInput
              label={t("tolerance")}
              most={3}
              value={form.tolerance_days}
              onChange={(tolerance_days) => set({ tolerance_days })}
            />
          </div>
          <Choice
            className="mt-4 max-w-md"
            label={t("frequency")}
            value={form.frequency}
            options={frequencies.map((id) => ({ id, name: t(`frequency-${id}`) }))}
            onChange={(id) => set({ frequency: frequencies.find((known) => known === id) ?? "combined" })}
          />
        </div>
        <ConditionRows
          value={form.conditions}
          disciplines={view.disciplines}
          onChange={(conditions) => set({ conditions })}
        />
        <NamedRows
          title={t("needs")}
          advice={t("needsAdvice")}
          addLabel={t("addNeed")}
          value={form.needs}
          disciplines={view.disciplines}
          blank={() => ({ id: "", name: "", first: view.disciplines[0]?.id ?? "" })}
          onChange={(needs) => set({ needs })}
        />
        <NamedRows
          title={t("sensitivities")}
          advice={t("sensitivitiesAdvice")}
          addLabel={t("addSensitivity")}
          value={form.sensitivities}
          blank={() => ({ id: "", name: "" })}
          onChange={(sensitivities) => set({ sensitivities })}
        />
      </div>
      <SaveBar
        isChanged={isChanged}
        isPending={save.isPending || look.isPending}
        onSave={() => look.mutate()}
        onDiscard={discard}
      />
      {effects && (
        <Effects
          effects={effects}
          onClose={() => setEffects(undefined)}
          onSave={() => save.mutate(undefined)}
        />
      )}
    </Section>
  );
}

interface EffectsProps {
  effects: ProtocolEffect[];
  onClose: () => void;
  onSave: () => void;
}

/** The running series that would be decided otherwise; they stay as they were booked. */
function Effects({ effects, onClose, onSave }: EffectsProps) {
  const t = useTranslations("setup");
  const { plainDate } = useTimes();
  const name = useNames();
  return (
    <Dialog title={t("effectsTitle")} width="wide" isOpen onClose={onClose}>
      <div className="p-4">
        <p className="mb-3">{t("effectsText", { count: effects.length })}</p>
        <ul
          aria-label={t("effectsTitle")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-[44vh] divide-y divide-hairline overflow-y-auto border-hairline border-y outline-accent focus-visible:outline-2"
        >
          {effects.map((effect) => (
            <li key={effect.series} className="grid grid-cols-[200px_1fr] gap-3 py-1.5">
              <span>
                <bdi className="font-semibold">{name(effect.patient_name)}</bdi>
                <span className="block text-quiet text-small">
                  {t("seriesUntil", { date: plainDate(effect.to) })}
                </span>
              </span>
              <ul>
                {effect.changes.map((change) => (
                  <li key={change} className="first-letter:uppercase">
                    {change}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </div>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("back")}</Button>
        <Button isPrimary onPress={onSave}>
          {t("saveAnyway")}
        </Button>
      </footer>
    </Dialog>
  );
}
