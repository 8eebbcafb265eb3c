import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import {
  ClinicError,
  type FrequencyForm,
  type ProtocolEffect,
  type ProtocolsForm,
  type ProtocolsView,
  protocolsImpact,
  saveProtocols,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { readAgain } from "../lib/refresh";
import { together } from "../lib/three-way";
import { useTimes } from "../lib/times";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Differences } from "../parts/differences";
import { Choice, NumberInput } from "../parts/fields";
import { useInPieces } from "../parts/in-pieces";
import { Failure, Loading, Refused } from "../parts/state";
import { useDraft } from "./drafts";
import { ConditionRows, NamedRows } from "./protocol-rows";
import { protocolsQuery } from "./queries";
import { SaveBar } from "./saving";
import { Section } from "./section";

const frequencies: FrequencyForm[] = ["combined", "alternating", "both-weekly"];

/** The protocols: order by condition and need, spacing, frequency; every change is a new version. */
export function ProtocolsSection() {
  // Each version is an editor of its own; once another was asked for, the keyboard is at the choice in the new one.
  const [{ version, isAskedFor }, setShown] = useState<Shown>({ version: null, isAskedFor: false });
  const query = useQuery(protocolsQuery(version));
  const view = useInPieces(query.data);
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return view ? (
    <Editor
      key={version ?? "newest"}
      view={view}
      isAskedFor={isAskedFor}
      onVersion={(next) => setShown({ version: next, isAskedFor: next !== version })}
    />
  ) : (
    <Loading />
  );
}

/** Which version is shown, nothing being the newest, and whether it was asked for in place of another. */
interface Shown {
  version: number | null;
  isAskedFor: boolean;
}

/** Protocols as they are being edited, and the version that the editing began with. */
interface Begun {
  version: number;
  form: ProtocolsForm;
}

interface EditorProps {
  view: ProtocolsView;
  isAskedFor: boolean;
  onVersion: (version: number | null) => void;
}

function Editor({ view, isAskedFor, onVersion }: EditorProps) {
  const t = useTranslations("setup");
  const { plainDate } = useTimes();
  const newest = view.versions[0]?.version ?? view.version;
  const isOld = view.version !== newest;
  const [found, setFound] = useState<{ effects: ProtocolEffect[]; isSaving: boolean }>();
  const client = useQueryClient();
  const words = useProtocolWords();
  const draft = useDraft<Begun>(isOld ? `protocols-${view.version}` : "protocols", {
    version: view.version,
    form: view.form,
  });
  const { original } = draft;
  // Somebody may have written a newer version while this one was being edited.
  const isMet = !isOld && draft.isChanged && original.version !== newest;
  const met = isMet ? together(original.form, draft.edited.form, view.form) : undefined;
  const form = met?.form ?? draft.edited.form;
  const set = (changes: Partial<ProtocolsForm>) =>
    draft.edit({ ...draft.edited, form: { ...form, ...changes } });
  const tellDone = useTellDone();
  const save = useChange(
    () => saveProtocols(newest, form),
    (saved) => {
      setFound(undefined);
      draft.discard();
      tellDone(t("protocolsSaved", { version: saved.id }), saved);
      onVersion(null);
    },
  );
  const saveNow = async () => {
    try {
      await save.mutateAsync(undefined);
    } catch (error) {
      setFound(undefined);
      if (error instanceof ClinicError && error.code === "changed-meanwhile") {
        await readAgain(client);
      }
    }
  };
  const look = useMutation({
    mutationFn: (_: { isSaving: boolean }) => protocolsImpact(form),
    networkMode: "always",
    onSuccess: (effects, { isSaving }) =>
      isSaving && effects.length === 0 ? void saveNow() : setFound({ effects, isSaving }),
  });
  // What is looked at opens a dialog, from which the keyboard comes back to the button: that stays as it is meanwhile.
  const lookAt = (isSaving: boolean) => {
    if (!look.isPending) {
      look.mutate({ isSaving });
    }
  };
  const discard = () => {
    draft.discard();
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
          autoFocus={isAskedFor}
          className="w-80 max-w-full"
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
        {met ? (
          <Differences
            rows={met.clashes.map((field) => ({
              field,
              ...words(field, view.form),
              onTake: () => set({ [field]: view.form[field] }),
            }))}
          />
        ) : (
          <Refused error={save.error ?? look.error} />
        )}
        {isOld && (
          <div
            role="status"
            className="flex items-center gap-3 rounded-control border border-hairline bg-raised px-3 py-2"
          >
            <p className="min-w-0 flex-1">{t("oldVersion", { version: view.version })}</p>
            <Button onPress={() => onVersion(null)}>{t("toNewest")}</Button>
            <Button isDisabled={save.isPending} onPress={() => lookAt(true)}>
              <History aria-hidden size={16} className="mr-1.5" /> {t("restore", { version: view.version })}
            </Button>
          </div>
        )}
        <div>
          <h3 className="mb-2 font-semibold text-title">{t("spacing")}</h3>
          <div className="grid grid-cols-4 items-end gap-4 max-lg:grid-cols-2 max-sm:grid-cols-1">
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
            className="mt-4 max-w-xl"
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
        isChanged={draft.isChanged}
        isPending={save.isPending}
        onSave={() => lookAt(true)}
        onDiscard={discard}
      >
        <Button isDisabled={!draft.isChanged || save.isPending} onPress={() => lookAt(false)}>
          {t("seeEffects")}
        </Button>
      </SaveBar>
      {found && (
        <Effects
          effects={found.effects}
          onClose={() => setFound(undefined)}
          {...(found.isSaving && { onSave: () => void saveNow() })}
        />
      )}
    </Section>
  );
}

/** What a field of the protocols is called and what it says, in words. */
function useProtocolWords() {
  const t = useTranslations("setup");
  const names = (all: readonly { name: string }[]) => all.map(({ name }) => name).join("; ");
  return (field: keyof ProtocolsForm, form: ProtocolsForm): { label: string; theirs: string } => {
    switch (field) {
      case "conditions":
        return { label: t("conditions"), theirs: names(form.conditions) };
      case "needs":
        return { label: t("needs"), theirs: names(form.needs) };
      case "sensitivities":
        return { label: t("sensitivities"), theirs: names(form.sensitivities) };
      case "min_hours":
        return { label: t("minHours"), theirs: String(form.min_hours) };
      case "max_hours":
        return { label: t("maxHours"), theirs: String(form.max_hours) };
      case "max_wait_minutes":
        return { label: t("maxWait"), theirs: String(form.max_wait_minutes) };
      case "tolerance_days":
        return { label: t("tolerance"), theirs: String(form.tolerance_days) };
      case "frequency":
        return { label: t("frequency"), theirs: t(`frequency-${form.frequency}`) };
    }
  };
}

interface EffectsProps {
  effects: ProtocolEffect[];
  onClose: () => void;
  /** Given where the effects stand between the change and its being saved. */
  onSave?: () => void;
}

/** The running series that would be decided otherwise; they stay as they were booked. */
function Effects({ effects, onClose, onSave }: EffectsProps) {
  const t = useTranslations("setup");
  const { plainDate } = useTimes();
  const name = useNames();
  return (
    <Dialog title={t("effectsTitle")} width="wide" isOpen onClose={onClose}>
      <div className="p-4">
        <p className={effects.length > 0 ? "mb-3" : ""}>{t("effectsText", { count: effects.length })}</p>
        <ul
          aria-label={t("effectsTitle")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-[44vh] divide-y divide-hairline overflow-y-auto border-hairline border-y outline-accent focus-visible:outline-2 empty:hidden"
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
        {onSave && (
          <Button isPrimary onPress={onSave}>
            {t("saveAnyway")}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
