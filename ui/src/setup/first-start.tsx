import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Building2, FileUp, FlaskConical, type LucideIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, FileTrigger } from "react-aria-components";
import { useTranslations } from "use-intl";

import { RestoreOffer } from "../backup/restore-offer";
import { useProgramLanguage } from "../frame/language";
import { LanguageChoice } from "../frame/language-choice";
import { usePreferences } from "../frame/preferences";
import { checkFile, type FileReport, type NewClinicForm, startDemo, startFile } from "../lib/api";
import { useChange } from "../lib/changes";
import { useUnsaved } from "../lib/unsaved";
import { Button } from "../parts/button";
import { Failure, Loading, Refused } from "../parts/state";
import { NewClinic } from "./new-clinic";

/** The three ways to begin: the demo clinic, a new clinic, a clinic file; the last two are somebody's own. */
export function FirstStart({ onOwn }: { onOwn: () => void }) {
  const t = useTranslations("firstStart");
  useProgramLanguage();
  const [isNew, setIsNew] = useState(false);
  const [begun, setBegun] = useState<NewClinicForm>();
  useUnsaved(begun !== undefined);
  const [chosen, setChosen] = useState<{ name: string; text: string }>();
  const demo = useChange(startDemo);
  const read = useChange(async (file: File) => setChosen({ name: file.name, text: await file.text() }));
  const isBusy = demo.isPending || read.isPending;
  const fileTrigger = (children: ReactNode) => (
    <FileTrigger
      acceptedFileTypes={[".json", "application/json"]}
      onSelect={(files) => {
        const file = files?.item(0);
        if (file) {
          read.mutate(file);
        }
      }}
    >
      {children}
    </FileTrigger>
  );
  return (
    <div className="flex h-full flex-col">
      <LanguageChoice />
      <main className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6">
        <div className="my-auto w-full max-w-3xl py-6">
          <h1 className="font-semibold text-display tracking-tight">{t("welcome")}</h1>
          {isNew || chosen ? (
            <>
              <div className="mt-1 mb-4">
                <Button
                  onPress={() => {
                    setIsNew(false);
                    setChosen(undefined);
                  }}
                >
                  <ArrowLeft aria-hidden size={16} className="mr-1.5" /> {t("leave")}
                </Button>
              </div>
              {chosen ? (
                <ClinicFile
                  {...chosen}
                  another={fileTrigger(<Button>{t("openAnother")}</Button>)}
                  onOwn={onOwn}
                />
              ) : (
                <NewClinic begun={begun} onChange={setBegun} onOwn={onOwn} />
              )}
            </>
          ) : (
            <>
              <p className="mt-1 mb-6 text-quiet">{t("advice")}</p>
              <div className="flex flex-col gap-3">
                <Way
                  icon={FlaskConical}
                  title={t("demo")}
                  text={t("demoText")}
                  isDisabled={isBusy}
                  onPress={() => demo.mutate(undefined)}
                />
                <Way
                  icon={Building2}
                  title={t("new")}
                  text={t("newText")}
                  isDisabled={isBusy}
                  onPress={() => setIsNew(true)}
                />
                {fileTrigger(
                  <Way icon={FileUp} title={t("file")} text={t("fileText")} isDisabled={isBusy} />,
                )}
              </div>
              <p role="status" className="mt-4 min-h-5 text-quiet">
                {demo.isPending && t("making")}
                {read.isPending && t("reading")}
              </p>
              <RestoreOffer instead="first" onDone={() => {}} />
            </>
          )}
          <Refused error={demo.error ?? read.error} />
        </div>
      </main>
    </div>
  );
}

interface WayProps {
  icon: LucideIcon;
  title: string;
  text: string;
  isDisabled: boolean;
  onPress?: () => void;
}

function Way({ icon: Icon, title, text, isDisabled, onPress }: WayProps) {
  return (
    <AriaButton
      isDisabled={isDisabled}
      {...(onPress && { onPress })}
      className="flex w-full items-center gap-4 rounded-control border border-hairline bg-surface px-5 py-4 text-left outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2 disabled:opacity-60"
    >
      <Icon aria-hidden size={28} className="shrink-0 text-accent" />
      <span>
        <span className="block font-semibold text-title">{title}</span>
        <span className="block text-quiet">{text}</span>
      </span>
    </AriaButton>
  );
}

/** How many faults are listed; more would only hide what to do. */
const LISTED = 200;

interface ClinicFileProps {
  name: string;
  text: string;
  /** The way to another file. */
  another: ReactNode;
  /** Called when it was brought in. */
  onOwn: () => void;
}

/** A chosen clinic file: what it holds, or everything that is wrong with it. */
function ClinicFile({ name, text, another, onOwn }: ClinicFileProps) {
  const t = useTranslations("firstStart");
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["clinic-file", language, text], queryFn: () => checkFile(text) });
  const start = useChange(() => startFile(text), onOwn);
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const { holds, faults } = query.data;
  return (
    <section className="rounded-control border border-hairline bg-surface">
      <h2 className="border-hairline border-b px-5 py-3 font-semibold">
        <bdi>{name}</bdi>
      </h2>
      {holds ? (
        <div className="px-5 py-4">
          <p className="font-semibold text-title">
            <bdi>{holds.name}</bdi>
          </p>
          <p className="mt-1">
            {t("holds", {
              practitioners: holds.practitioners,
              patients: holds.patients,
              appointments: holds.appointments,
              series: holds.series,
            })}
          </p>
          <div className="mt-4 flex gap-2">
            <Button isPrimary isDisabled={start.isPending} onPress={() => start.mutate(undefined)}>
              {t("bringIn")}
            </Button>
            {another}
          </div>
          <div className="mt-3">
            <Refused error={start.error} />
          </div>
        </div>
      ) : (
        <Faults faults={faults} another={another} />
      )}
    </section>
  );
}

function Faults({ faults, another }: { faults: FileReport["faults"]; another: ReactNode }) {
  const t = useTranslations("firstStart");
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    const lines = faults.map(({ path, place, text }) => [path, place, text].join("\t"));
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      setIsCopied(true);
    } catch {
      // The list stands there to be selected and copied by hand.
      setIsCopied(false);
    }
  };
  return (
    <div role="alert" className="px-5 py-4">
      <p className="font-semibold text-rule text-title">{t("faults", { count: faults.length })}</p>
      <p className="mb-3 text-quiet">{t("faultsAdvice")}</p>
      <ul
        aria-label={t("faultList")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-[46vh] select-text divide-y divide-hairline overflow-y-auto border-hairline border-y outline-accent focus-visible:outline-2"
      >
        {faults.slice(0, LISTED).map(({ path, place, text: what }) => (
          <li key={`${path} ${what}`} className="py-1.5">
            <p className="break-words first-letter:uppercase">{what}</p>
            <p className="break-words text-quiet text-small">
              {place && (
                <>
                  <bdi className="inline-block first-letter:uppercase">{place}</bdi> ·{" "}
                </>
              )}
              <code className="break-all font-mono">{path}</code>
            </p>
          </li>
        ))}
      </ul>
      {faults.length > LISTED && (
        <p className="mt-1 text-quiet">{t("moreFaults", { count: faults.length - LISTED })}</p>
      )}
      <div className="mt-4 flex gap-2">
        {another}
        <Button onPress={() => void copy()}>{t(isCopied ? "copied" : "copyFaults")}</Button>
      </div>
    </div>
  );
}
