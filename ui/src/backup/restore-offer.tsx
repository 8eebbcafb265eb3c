import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import { BackupList } from "./backup-list";
import { backupsQuery } from "./queries";

interface RestoreOfferProps {
  /** What it is offered instead of: a clinic that cannot be opened, or the first start of another one. */
  instead: "broken" | "first";
  onDone: () => void;
}

/** The newest backups, to be put back where there is no clinic that can be opened. */
export function RestoreOffer({ instead, onDone }: RestoreOfferProps) {
  const t = useTranslations("backups");
  const { data } = useQuery(backupsQuery());
  const [offered] = [data?.backups, data?.kept].filter((some) => some && some.length > 0);
  if (!offered) {
    return null;
  }
  return (
    <section aria-label={t("title")} className="w-[520px] max-w-full">
      <p className="mb-2">{t(instead === "first" ? "offerFirst" : "offer")}</p>
      <BackupList backups={offered.slice(0, 5)} isBroken onDone={onDone} />
    </section>
  );
}
