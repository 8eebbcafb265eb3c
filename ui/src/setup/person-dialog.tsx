import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { type Named, type PersonLine, saveUser, type UserForm } from "../lib/api";
import { useChange } from "../lib/changes";
import { useLeaving } from "../lib/use-leaving";
import { Dialog } from "../parts/dialog";
import { Choice, TextInput, Tick } from "../parts/fields";
import { FormFooter } from "../parts/form-footer";
import { Refused } from "../parts/state";
import { NewSecret, useNewSecret } from "../session/new-secret";

interface PersonDialogProps {
  /** Who is changed; nobody for a new one. */
  person: PersonLine | null;
  /** The first one is an owner. */
  isFirst: boolean;
  practitioners: Named[];
  onClose: () => void;
}

const roles = ["owner", "front-desk", "practitioner"] as const;
const words = { owner: "owner", "front-desk": "front-desk", practitioner: "practitionerRole" } as const;

/** One person: name, role, which practitioner they are, and what they sign in with. */
export function PersonDialog({ person, isFirst, practitioners, onClose }: PersonDialogProps) {
  const t = useTranslations("people");
  const session = useTranslations("session");
  const [original] = useState<UserForm>({
    name: person?.name ?? "",
    role: person?.role ?? (isFirst ? "owner" : "front-desk"),
    practitioner: person?.practitioner ?? null,
    active: person?.active ?? true,
    secret: person?.secret ?? (isFirst ? "password" : "pin"),
    new_secret: null,
  });
  const [form, setForm] = useState(original);
  const next = useNewSecret();
  const leaving = useLeaving(form !== original || next.state.secret !== "", onClose);
  const set = (changes: Partial<UserForm>) => setForm({ ...form, ...changes });
  const save = useChange(
    () => saveUser(person?.id ?? null, { ...form, new_secret: next.state.secret || null }),
    () => {
      tell({ text: t("saved") });
      onClose();
    },
  );
  const isPin = form.secret === "pin";
  const keeps = person !== null && form.secret === person.secret;
  const secretLabel = keeps ? t(isPin ? "resetPin" : "resetPassword") : t(isPin ? "newPin" : "newPassword");
  return (
    <Dialog title={person ? t("editThis", { name: person.name }) : t("add")} isOpen onClose={leaving.leave}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (next.agrees() && !save.isPending) {
            save.mutate(undefined);
          }
        }}
      >
        <div className="flex flex-col gap-4 p-4">
          <Refused error={save.error} />
          <TextInput
            label={t("name")}
            isRequired
            autoFocus
            value={form.name}
            onChange={(name) => set({ name })}
          />
          <Choice
            label={t("role")}
            value={form.role}
            options={roles.map((id) => ({
              id,
              text: session(id),
              name: (
                <span>
                  {session(id)} <span className="text-quiet text-small">{t(words[id])}</span>
                </span>
              ),
            }))}
            onChange={(id) => set({ role: roles.find((role) => role === id) ?? "front-desk" })}
          />
          {form.role !== "front-desk" && (
            <Choice
              label={t("practitioner")}
              value={form.practitioner ?? ""}
              options={[{ id: "", name: t("choosePractitioner") }, ...practitioners]}
              onChange={(id) => set({ practitioner: id || null })}
            />
          )}
          <Choice
            label={t("secretKind")}
            value={form.secret}
            options={[
              { id: "pin", name: session("pin") },
              { id: "password", name: session("password") },
            ]}
            onChange={(id) => set({ secret: id === "pin" ? "pin" : "password" })}
          />
          <NewSecret label={secretLabel} isPin={isPin} state={next.state} onChange={next.setState} />
          {person && (
            <Tick isSelected={form.active} onChange={(active) => set({ active })}>
              {t("active")}
            </Tick>
          )}
        </div>
        <FormFooter leaving={leaving} submit={t("save")} isBusy={save.isPending} />
      </Form>
    </Dialog>
  );
}
