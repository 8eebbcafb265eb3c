import { useTranslations } from "use-intl";

import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";

interface PrintQuestionProps {
  onClose: () => void;
  onNames: () => void;
  onInitials: () => void;
}

/** Whether names go on paper that are not on the screen. */
export function PrintQuestion({ onClose, onNames, onInitials }: PrintQuestionProps) {
  const t = useTranslations("frame");
  return (
    <Dialog title={t("printTitle")} isOpen onClose={onClose}>
      <p className="p-4">{t("printPrivately")}</p>
      <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button onPress={onNames}>{t("printNames")}</Button>
        <Button isPrimary onPress={onInitials}>
          {t("printInitials")}
        </Button>
      </footer>
    </Dialog>
  );
}
