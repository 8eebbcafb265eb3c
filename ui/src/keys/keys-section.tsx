import { useQuery } from "@tanstack/react-query";
import { KeyRound, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { draftRecoveryKey, type KeyState, moveKey, type RecoveryPaper } from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { Button } from "../parts/button";
import { Failure, Loading, Refused } from "../parts/state";
import { NewSecret, useNewSecret } from "../session/new-secret";
import { Section } from "../setup/section";
import { Protect, Renew } from "./protect";
import { keyStateQuery } from "./queries";

/** Where the key of the database is kept: a new recovery key, another place, a new key. */
export function KeysSection() {
  const query = useQuery(keyStateQuery());
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Keys state={query.data} /> : <Loading />;
}

function Keys({ state }: { state: KeyState }) {
  const t = useTranslations("clinicKey");
  const [doing, setDoing] = useState<"protect" | "passphrase" | RecoveryPaper>();
  const close = () => setDoing(undefined);
  const draft = useChange(draftRecoveryKey, setDoing);
  const toKeychain = useChange(
    () => moveKey(null),
    () => tell({ text: t("moved") }),
  );
  const isKept = state.place === "keychain" || state.place === "passphrase";
  if (doing) {
    return (
      <Section
        title={t(doing === "protect" ? "newKey" : doing === "passphrase" ? "newPassphraseTitle" : "newPaper")}
      >
        <div className="max-w-xl">
          {doing === "protect" ? (
            <Protect state={state} onDone={close} onCancel={close} cancelLabel={t("cancel")} />
          ) : doing === "passphrase" ? (
            <Passphrase onDone={close} />
          ) : (
            <Renew paper={doing} onDone={close} onCancel={close} />
          )}
        </div>
      </Section>
    );
  }
  return (
    <Section title={t("title")} advice={t("advice")}>
      <p className="mb-6 flex items-start gap-2">
        {state.place === "file" ? (
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-rule" />
        ) : (
          <KeyRound aria-hidden size={16} className="mt-0.5 shrink-0 text-accent" />
        )}
        <span>{t(`place-${state.place}`)}</span>
      </p>
      <ul className="divide-y divide-hairline border-hairline border-y">
        {isKept && (
          <Way title={t("newPaper")} text={t("newPaperText")}>
            <Button isDisabled={draft.isPending} onPress={() => draft.mutate(undefined)}>
              {t("newPaperDo")}
            </Button>
          </Way>
        )}
        {isKept && (
          <Way title={t("newPassphraseTitle")} text={t("newPassphraseText")}>
            <Button onPress={() => setDoing("passphrase")}>
              {t(state.place === "passphrase" ? "changePassphrase" : "usePassphrase")}
            </Button>
          </Way>
        )}
        {state.place === "passphrase" && state.keychain_is_there && (
          <Way title={t("toKeychain")} text={t("toKeychainText")}>
            <Button isDisabled={toKeychain.isPending} onPress={() => toKeychain.mutate(undefined)}>
              {t("toKeychainDo")}
            </Button>
          </Way>
        )}
        <Way title={t("newKey")} text={t(isKept ? "newKeyText" : "firstKeyText")}>
          <Button isPrimary={!isKept} onPress={() => setDoing("protect")}>
            {t("newKeyDo")}
          </Button>
        </Way>
      </ul>
      <div className="mt-3">
        <Refused error={draft.error ?? toKeychain.error} />
      </div>
    </Section>
  );
}

function Way({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
      <span className="min-w-0 flex-1 basis-72">
        <span className="block font-medium">{title}</span>
        <span className="block text-quiet text-small">{text}</span>
      </span>
      {children}
    </li>
  );
}

function Passphrase({ onDone }: { onDone: () => void }) {
  const t = useTranslations("clinicKey");
  const next = useNewSecret();
  const move = useChange(
    () => moveKey(next.state.secret),
    () => {
      tell({ text: t("passphraseSet") });
      onDone();
    },
  );
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (next.agrees() && !move.isPending) {
          move.mutate(undefined);
        }
      }}
    >
      <p>{t("newPassphraseText")}</p>
      <NewSecret
        label={t("newPassphrase")}
        isPin={false}
        isRequired
        state={next.state}
        onChange={next.setState}
      />
      <Refused error={move.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onDone}>{t("cancel")}</Button>
        <Button isPrimary type="submit" isDisabled={move.isPending}>
          {t("setPassphrase")}
        </Button>
      </div>
    </Form>
  );
}
