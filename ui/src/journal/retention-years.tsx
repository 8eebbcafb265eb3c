import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { saveRetention } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { NumberInput } from "../parts/fields";
import { Refused } from "../parts/state";

/** How long records are kept. */
export function RetentionYears({ years }: { years: number }) {
  const t = useTranslations("journal");
  const [wanted, setWanted] = useState(years);
  const save = useChange(saveRetention, () => tell({ text: t("retentionSaved") }));
  return (
    <footer className="-mx-6 border-hairline border-t bg-surface px-6 py-2.5">
      <Refused error={save.error} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-quiet">{t("retentionAdvice")}</p>
        <NumberInput
          isBare
          label={t("years")}
          least={1}
          most={100}
          value={wanted}
          onChange={setWanted}
          className="w-16"
        />
        <span aria-hidden>{t("years")}</span>
        <Button isDisabled={wanted === years || save.isPending} onPress={() => save.mutate(wanted)}>
          {t("saveYears")}
        </Button>
      </div>
    </footer>
  );
}
