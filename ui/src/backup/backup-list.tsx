import { useState } from "react";
import { useTranslations } from "use-intl";

import type { BackupLine } from "../lib/api";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { RestoreDialog } from "./restore-dialog";

interface BackupListProps {
  backups: BackupLine[];
  /** Whether the clinic cannot be opened as it is. */
  isBroken?: boolean;
  onDone: () => void;
}

const cell = "py-1 pr-4 max-sm:pr-1.5 text-left";

/** The backups, newest first, each of which can be put back. */
export function BackupList({ backups, isBroken = false, onDone }: BackupListProps) {
  const t = useTranslations("backups");
  const { shortDateTime } = useTimes();
  const [chosen, setChosen] = useState<BackupLine>();
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
                <td className={cell}>{t(backup.kind ?? "beforeRestore")}</td>
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
        <RestoreDialog
          backup={chosen}
          isBroken={isBroken}
          onClose={() => setChosen(undefined)}
          onDone={onDone}
        />
      )}
    </>
  );
}
