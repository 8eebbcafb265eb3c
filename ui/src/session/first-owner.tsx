import { UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { saveUser } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { TextInput } from "../parts/fields";
import { Refused } from "../parts/state";
import { NewSecret, useNewSecret } from "./new-secret";

/** Asks, once a clinic of one's own has begun, who answers for it. */
export function FirstOwner({ onDone }: { onDone: () => void }) {
  const t = useTranslations("firstOwner");
  const people = useTranslations("people");
  const [name, setName] = useState("");
  const secret = useNewSecret();
  const save = useChange(
    () =>
      saveUser(null, {
        name,
        role: "owner",
        practitioner: null,
        active: true,
        secret: "password",
        new_secret: secret.state.secret,
      }),
    onDone,
  );
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto px-6 py-10">
      <Form
        className="my-auto w-full max-w-xl rounded-control border border-hairline bg-surface"
        onSubmit={(event) => {
          event.preventDefault();
          if (secret.agrees() && !save.isPending) {
            save.mutate(undefined);
          }
        }}
      >
        <header className="flex items-center gap-3 border-hairline border-b px-5 py-3">
          <UserRoundCheck aria-hidden size={22} className="shrink-0 text-accent" />
          <h1 className="font-semibold text-title">{t("title")}</h1>
        </header>
        <div className="flex flex-col gap-4 p-5">
          <p className="text-quiet">{t("advice")}</p>
          <Refused error={save.error} />
          <TextInput label={t("name")} isRequired autoFocus value={name} onChange={setName} />
          <NewSecret
            label={people("newPassword")}
            isPin={false}
            isRequired
            state={secret.state}
            onChange={secret.setState}
          />
          <p className="text-quiet text-small">{t("laterAdvice")}</p>
        </div>
        <footer className="flex justify-end gap-2 border-hairline border-t px-5 py-3">
          <Button onPress={onDone}>{t("later")}</Button>
          <Button isPrimary type="submit" isDisabled={save.isPending}>
            {t("begin")}
          </Button>
        </footer>
      </Form>
    </main>
  );
}
