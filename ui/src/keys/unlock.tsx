import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { RestoreOffer } from "../backup/restore-offer";
import { LanguageChoice } from "../frame/language-choice";
import { usePreferences } from "../frame/preferences";
import { unlockClinic } from "../lib/api";
import { isBroken } from "../lib/errors";
import { Button } from "../parts/button";
import { TextInput } from "../parts/fields";
import { Refused } from "../parts/state";

/** Asks for the passphrase or the recovery key, where this computer does not hold the clinic's key. */
export function Unlock({ onDone }: { onDone: () => void }) {
  const t = useTranslations("clinicKey");
  const { language } = usePreferences();
  const [secret, setSecret] = useState("");
  const [isShown, setIsShown] = useState(false);
  const unlock = useMutation({
    mutationFn: () => unlockClinic(secret, language),
    networkMode: "always",
    onSuccess: onDone,
  });
  return (
    <div className="flex h-full flex-col">
      <LanguageChoice />
      <main className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6 pb-10">
        <Form
          className="my-auto flex w-full max-w-md flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (secret.trim() && !unlock.isPending) {
              unlock.mutate();
            }
          }}
        >
          <header className="flex flex-col items-center text-center">
            <KeyRound aria-hidden size={22} className="mb-2 text-quiet" />
            <h1 className="font-semibold text-display tracking-tight">{t("unlockTitle")}</h1>
            <p className="text-quiet">{t("unlockAdvice")}</p>
          </header>
          <TextInput
            label={t("unlockField")}
            type={isShown ? "text" : "password"}
            autoFocus
            value={secret}
            onChange={setSecret}
          />
          <Refused error={unlock.error} />
          <div className="flex justify-between gap-2">
            <Button isPressed={isShown} onPress={() => setIsShown(!isShown)}>
              {t("show")}
            </Button>
            <Button isPrimary type="submit" isDisabled={unlock.isPending || !secret.trim()}>
              {t(unlock.isPending ? "unlocking" : "unlock")}
            </Button>
          </div>
          <p className="text-quiet text-small">{t("unlockHelp")}</p>
        </Form>
        {unlock.error && isBroken(unlock.error) && <RestoreOffer instead="broken" onDone={onDone} />}
      </main>
    </div>
  );
}
