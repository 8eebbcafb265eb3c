import { useTranslations } from "use-intl";

import { closeWindow } from "../lib/api";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";

/** Whether what is not saved is given up with the window. */
export function ClosingDialog({ onGoOn }: { onGoOn: () => void }) {
  const t = useTranslations("form");
  return (
    <Dialog title={t("closeTitle")} isOpen onClose={onGoOn} width="narrow">
      <p role="alert" className="px-4 py-3">
        {t("closeQuestion")}
      </p>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={() => void closeWindow()}>{t("discardAndClose")}</Button>
        <Button isPrimary autoFocus onPress={onGoOn}>
          {t("keepEditing")}
        </Button>
      </footer>
    </Dialog>
  );
}
