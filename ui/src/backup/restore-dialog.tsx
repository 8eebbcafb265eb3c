import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { usePreferences } from "../frame/preferences";
import { tell } from "../frame/toasts";
import { type BackupLine, ClinicError, restoreBackup, unlockClinic } from "../lib/api";
import { useChange } from "../lib/changes";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { TextInput } from "../parts/fields";
import { Refusal } from "./refusal";

interface RestoreDialogProps {
  backup: BackupLine;
  isBroken: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Asks whether a backup is to be put back, and for the key where this computer does not hold it. */
export function RestoreDialog({ backup, isBroken, onClose, onDone }: RestoreDialogProps) {
  const t = useTranslations("backups");
  const key = useTranslations("clinicKey");
  const { shortDateTime } = useTimes();
  const { language } = usePreferences();
  const [asksKey, setAsksKey] = useState(false);
  const [secret, setSecret] = useState("");
  const restoring = useChange(
    async () => {
      try {
        if (asksKey) {
          await unlockClinic(secret, language);
        }
        return await restoreBackup(backup.name);
      } catch (error) {
        setAsksKey(asksKey || (error instanceof ClinicError && error.code === "key-needed"));
        throw error;
      }
    },
    ({ words, kept }) => {
      onClose();
      tell({ text: kept === null ? t("restoredLost", { words }) : t("restored", { words, kept }) });
      onDone();
    },
  );
  const time = shortDateTime(backup.at);
  return (
    <Dialog title={t("restoreTitle")} isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          restoring.mutate(undefined);
        }}
      >
        <div className="px-4 py-3 text-left">
          <p>{t(isBroken ? "restoreBroken" : "restoreText", { time })}</p>
          <Refusal error={restoring.error} />
          {asksKey && (
            <TextInput
              label={key("unlockField")}
              type="password"
              autoFocus
              value={secret}
              onChange={setSecret}
              className="mt-3"
            />
          )}
        </div>
        <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button
            isPrimary
            type="submit"
            isDisabled={restoring.isPending || (asksKey && secret.trim() === "")}
          >
            {t("restoreNow")}
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
