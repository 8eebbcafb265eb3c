import { ShieldCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { acceptJournal, checkJournal } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Refused } from "../parts/state";

/** Checks that nothing in the journal was altered, removed or put in between. */
export function ChainCheck() {
  const t = useTranslations("journal");
  const [isOpen, setIsOpen] = useState(false);
  const check = useChange(checkJournal, () => setIsOpen(true));
  const accept = useChange(acceptJournal, () => setIsOpen(false));
  const result = check.data;
  return (
    <>
      <Button isDisabled={check.isPending} onPress={() => check.mutate(undefined)}>
        <ShieldCheck aria-hidden size={16} className="mr-1.5" /> {t(check.isPending ? "checking" : "check")}
      </Button>
      <Refused error={check.error} />
      {result && isOpen && (
        <Dialog title={t("checkTitle")} isOpen onClose={() => setIsOpen(false)}>
          <div className="select-text px-4 py-3">
            {result.faults.length === 0 ? (
              <p>{t("whole", { count: result.checked })}</p>
            ) : (
              <>
                <p className="flex gap-2 text-rule">
                  <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
                  {t("notWhole", { count: result.checked })}
                </p>
                <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
                  {result.faults.map((fault) => (
                    <li key={fault}>{fault}</li>
                  ))}
                </ul>
                <p className="mt-3 text-quiet">{t("acceptAdvice")}</p>
                <Refused error={accept.error} />
              </>
            )}
            <p className="mt-3 text-quiet text-small">{t("hash")}</p>
            <p className="break-all font-mono text-small">{result.end}</p>
          </div>
          <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
            {result.faults.length > 0 && (
              <Button isDisabled={accept.isPending} onPress={() => accept.mutate(undefined)}>
                {t("accept")}
              </Button>
            )}
            <Button isPrimary onPress={() => setIsOpen(false)}>
              {t("close")}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
