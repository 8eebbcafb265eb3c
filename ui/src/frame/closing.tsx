import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { closeWindow, holdOpen } from "../lib/api";
import { useIsUnsaved } from "../lib/unsaved";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";

/** Asks before the window closes over something that is not saved. */
export function Closing() {
  const t = useTranslations("form");
  const isUnsaved = useIsUnsaved();
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => {
    // Once it has asked, the program closes the window at the next attempt: whoever goes on is asked again.
    if (!isAsked) {
      // A program that does not answer closes without a question.
      holdOpen(isUnsaved, () => setIsAsked(true)).catch(() => {});
    }
  }, [isUnsaved, isAsked]);
  const goOn = () => setIsAsked(false);
  useEffect(() => {
    if (!isUnsaved) {
      setIsAsked(false);
    }
  }, [isUnsaved]);
  return (
    <Dialog title={t("closeTitle")} isOpen={isAsked && isUnsaved} onClose={goOn} width="narrow">
      <p role="alert" className="px-4 py-3">
        {t("closeQuestion")}
      </p>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={() => void closeWindow()}>{t("discardAndClose")}</Button>
        <Button isPrimary autoFocus onPress={goOn}>
          {t("keepEditing")}
        </Button>
      </footer>
    </Dialog>
  );
}
