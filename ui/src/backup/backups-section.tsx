import { useQuery } from "@tanstack/react-query";
import { DatabaseBackup, FolderOpen, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { askForFolder, type BackupsView, backUp, chooseBackupFolder } from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { Button } from "../parts/button";
import { TextInput } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { Section } from "../setup/section";
import { BackupList } from "./backup-list";
import { backupsQuery } from "./queries";

/** Where backups lie, which there are, taking one and putting one back. */
export function BackupsSection() {
  const query = useQuery(backupsQuery());
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Backups key={query.data.folder} view={query.data} /> : <Loading />;
}

function Backups({ view }: { view: BackupsView }) {
  const t = useTranslations("backups");
  const taking = useChange(backUp, () => tell({ text: t("done") }));
  return (
    <Section
      title={t("title")}
      advice={t("advice")}
      action={
        <Button isPrimary isDisabled={taking.isPending} onPress={() => taking.mutate(undefined)}>
          <DatabaseBackup aria-hidden size={16} className="mr-1.5" />
          {t(taking.isPending ? "running" : "now")}
        </Button>
      }
    >
      <Refused error={taking.error} />
      {view.trouble && !taking.error && (
        <p role="status" className="mb-4 flex select-text items-start gap-2 text-rule">
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {view.trouble}
        </p>
      )}
      <Folder view={view} />
      <h3 className="mt-6 mb-2 font-semibold text-title">{t("list")}</h3>
      {view.backups.length === 0 ? (
        <p className="text-quiet">{t("none")}</p>
      ) : (
        <BackupList backups={view.backups} onDone={() => {}} />
      )}
      <p className="mt-3 text-quiet text-small">{t("thinned")}</p>
      {view.kept.length > 0 && (
        <>
          <h3 className="mt-6 mb-2 font-semibold text-title">{t("kept")}</h3>
          <BackupList backups={view.kept} onDone={() => {}} />
          <p className="mt-3 text-quiet text-small">{t("keptAdvice")}</p>
        </>
      )}
    </Section>
  );
}

function Folder({ view }: { view: BackupsView }) {
  const t = useTranslations("backups");
  const present = view.is_beside ? "" : view.folder;
  const [folder, setFolder] = useState(present);
  const choosing = useChange(chooseBackupFolder);
  const asking = useChange(askForFolder, (chosen) => {
    if (chosen !== null) {
      setFolder(chosen);
    }
  });
  return (
    <>
      <div className="flex items-end gap-2">
        <TextInput
          label={t("folder")}
          value={folder}
          onChange={setFolder}
          placeholder={t("besideHint")}
          className="min-w-0 flex-1"
        />
        <Button isDisabled={asking.isPending} onPress={() => asking.mutate(undefined)}>
          <FolderOpen aria-hidden size={16} className="mr-1.5" />
          {t("browse")}
        </Button>
        <Button
          isDisabled={folder.trim() === present || choosing.isPending}
          onPress={() => choosing.mutate(folder)}
        >
          {t("choose")}
        </Button>
      </div>
      {view.is_beside && (
        <p className="mt-1 select-text text-quiet text-small">
          <bdi className="break-all">{view.folder}</bdi> · {t("besideAdvice")}
        </p>
      )}
      <Refused error={asking.error ?? choosing.error} />
    </>
  );
}
