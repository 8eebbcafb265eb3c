import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import { BackupList } from "./backup-list";
import { backupsQuery } from "./queries";

/** The newest backups, to be put back where the clinic cannot be opened as it is. */
export function RestoreOffer({ onDone }: { onDone: () => void }) {
  const t = useTranslations("backups");
  const { data } = useQuery(backupsQuery());
  if (!data || data.backups.length === 0) {
    return null;
  }
  return (
    <section aria-label={t("title")} className="w-[520px] max-w-full">
      <p className="mb-2">{t("offer")}</p>
      <BackupList backups={data.backups.slice(0, 5)} onDone={onDone} />
    </section>
  );
}
