import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { type BackupLine, restoreBackup } from "../lib/api";
import { useChange } from "../lib/changes";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Refusal } from "./refusal";

interface BackupListProps {
  backups: BackupLine[];
  onDone: () => void;
}

const cell = "py-1 pr-4 max-sm:pr-1.5 text-left";

/** The backups, newest first, each of which can be put back. */
export function BackupList({ backups, onDone }: BackupListProps) {
  const t = useTranslations("backups");
  const { shortDateTime } = useTimes();
  const [chosen, setChosen] = useState<BackupLine>();
  const restoring = useChange(restoreBackup, ({ words, kept }) => {
    setChosen(undefined);
    tell({ text: t("restored", { words, kept }) });
    onDone();
  });
  return (
    <>
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-hairline border-b text-quiet text-small">
            <th className={`${cell} font-normal`}>{t("time")}</th>
            <th className={`${cell} font-normal`}>{t("kind")}</th>
            <th className={`${cell} text-right font-normal`}>{t("entry")}</th>
            <th className={`${cell} text-right font-normal`}>{t("size")}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => {
            const time = shortDateTime(backup.at);
            return (
              <tr key={backup.name} className="border-hairline border-b">
                <td className={cell}>{time}</td>
                <td className={cell}>{t(backup.kind)}</td>
                <td className={`${cell} text-right tabular-nums`}>{backup.entry}</td>
                <td className={`${cell} whitespace-nowrap text-right tabular-nums`}>
                  {t("megabytes", { size: (backup.kilobytes / 1000).toFixed(1) })}
                </td>
                <td className="py-1">
                  <div className="flex justify-end">
                    <Button label={t("restoreThis", { time })} onPress={() => setChosen(backup)}>
                      {t("restore")}
                    </Button>
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {chosen && (
        <Dialog title={t("restoreTitle")} isOpen onClose={() => setChosen(undefined)}>
          <div className="px-4 py-3 text-left">
            <p>{t("restoreText", { time: shortDateTime(chosen.at) })}</p>
            <Refusal error={restoring.error} />
          </div>
          <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
            <Button onPress={() => setChosen(undefined)}>{t("cancel")}</Button>
            <Button isPrimary isDisabled={restoring.isPending} onPress={() => restoring.mutate(chosen.name)}>
              {t("restoreNow")}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
