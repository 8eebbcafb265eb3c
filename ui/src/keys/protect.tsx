import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import {
  draftRecoveryKey,
  type KeyState,
  protectKey,
  type RecoveryPaper,
  renewRecoveryKey,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { OneOf } from "../parts/one-of";
import { Refused } from "../parts/state";
import { NewSecret, useNewSecret } from "../session/new-secret";
import { PaperForm } from "./recovery-paper";

interface ProtectProps {
  state: KeyState;
  onDone: () => void;
  onCancel: () => void;
  cancelLabel: string;
}

/** Gives the clinic a new key: where it is kept, then the recovery key on paper, then the change. */
export function Protect({ state, onDone, onCancel, cancelLabel }: ProtectProps) {
  const t = useTranslations("clinicKey");
  const [place, setPlace] = useState<"keychain" | "passphrase">(
    state.keychain_is_there && state.place !== "passphrase" ? "keychain" : "passphrase",
  );
  const passphrase = useNewSecret();
  const [paper, setPaper] = useState<RecoveryPaper>();
  const draft = useChange(draftRecoveryKey, setPaper);
  const byPassphrase = place === "passphrase";
  const change = useChange(
    (group: string) => protectKey(group, byPassphrase ? passphrase.state.secret : null),
    () => {
      tell({ text: t("protected") });
      onDone();
    },
  );
  if (paper) {
    return (
      <PaperForm
        paper={paper}
        label={t("protectNow")}
        isPending={change.isPending}
        error={change.error}
        onSubmit={(group) => change.mutate(group)}
        onCancel={onCancel}
        cancelLabel={cancelLabel}
      />
    );
  }
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if ((!byPassphrase || passphrase.agrees()) && !draft.isPending) {
          draft.mutate(undefined);
        }
      }}
    >
      <p>{t("protectAdvice")}</p>
      {state.keychain_is_there ? (
        <OneOf
          label={t("where")}
          value={place}
          options={[
            { id: "keychain", name: t("inKeychain") },
            { id: "passphrase", name: t("underPassphrase") },
          ]}
          onChange={setPlace}
        />
      ) : (
        <p className="text-quiet">{t("noKeychain")}</p>
      )}
      {byPassphrase ? (
        <NewSecret
          label={t("newPassphrase")}
          isPin={false}
          isRequired
          state={passphrase.state}
          onChange={passphrase.setState}
        />
      ) : (
        <p className="text-quiet">{t("keychainAdvice")}</p>
      )}
      <Refused error={draft.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onCancel}>{cancelLabel}</Button>
        <Button isPrimary type="submit" isDisabled={draft.isPending}>
          {t("next")}
        </Button>
      </div>
    </Form>
  );
}

/** Makes a new recovery key in the place of the one before. */
export function Renew({
  paper,
  onDone,
  onCancel,
}: {
  paper: RecoveryPaper;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations("clinicKey");
  const change = useChange(renewRecoveryKey, () => {
    tell({ text: t("renewed") });
    onDone();
  });
  return (
    <PaperForm
      paper={paper}
      label={t("useIt")}
      isPending={change.isPending}
      error={change.error}
      onSubmit={(group) => change.mutate(group)}
      onCancel={onCancel}
      cancelLabel={t("cancel")}
    />
  );
}
