import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { changeOwnSecret, type SessionView } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { SecretInput } from "../parts/fields";
import { Refused } from "../parts/state";
import { NewSecret, useNewSecret } from "./new-secret";

/** Gives whoever is signed in another PIN or password, behind a button. */
export function OwnSecret({ user }: { user: NonNullable<SessionView["user"]> }) {
  const t = useTranslations("session");
  const people = useTranslations("people");
  const form = useTranslations("form");
  const isPin = user.secret === "pin";
  const [isOpen, setIsOpen] = useState(false);
  const [present, setPresent] = useState("");
  const next = useNewSecret();
  const change = useChange(
    () => changeOwnSecret(present, next.state.secret),
    () => {
      tell({ text: t(isPin ? "pinChanged" : "passwordChanged") });
      setIsOpen(false);
    },
  );
  const heading = t(isPin ? "changePin" : "changePassword");
  if (!isOpen) {
    return (
      <div>
        <Button onPress={() => setIsOpen(true)}>{heading}</Button>
      </div>
    );
  }
  return (
    <Form
      aria-label={heading}
      className="flex flex-col gap-3 rounded-control border border-hairline p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (next.agrees() && !change.isPending) {
          change.mutate(undefined);
        }
      }}
    >
      <Refused error={change.error} />
      <SecretInput
        label={t(isPin ? "presentPin" : "presentPassword")}
        isPin={isPin}
        isRequired
        autoFocus
        value={present}
        onChange={setPresent}
      />
      <NewSecret
        label={t(isPin ? "nextPin" : "nextPassword")}
        isPin={isPin}
        isRequired
        state={next.state}
        onChange={next.setState}
      />
      <div className="flex justify-end gap-2">
        <Button onPress={() => setIsOpen(false)}>{form("cancel")}</Button>
        <Button isPrimary type="submit" isDisabled={change.isPending}>
          {people("save")}
        </Button>
      </div>
    </Form>
  );
}
