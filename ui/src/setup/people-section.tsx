import { useQuery } from "@tanstack/react-query";
import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { liftLockOut, type PeopleView, type PersonLine, setIdleMinutes } from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { NumberInput } from "../parts/fields";
import { Failure, Loading, Refused, State } from "../parts/state";
import { LockBoxDialog } from "../patients/lock-box-dialog";
import { Initials } from "../session/initials";
import { lockBoxesQuery, peopleQuery } from "../session/queries";
import { useSession } from "../session/session";
import { PersonDialog } from "./person-dialog";
import { Section } from "./section";

/** Who signs in: adding, changing, letting in again, and when the window locks itself. */
export function PeopleSection() {
  const query = useQuery(peopleQuery());
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return query.data ? <People view={query.data} /> : <Loading />;
}

function People({ view }: { view: PeopleView }) {
  const t = useTranslations("people");
  const setup = useTranslations("setup");
  const [open, setOpen] = useState<PersonLine | "new">();
  const add = (
    <Button isPrimary={view.people.length === 0} onPress={() => setOpen("new")}>
      <Plus aria-hidden size={16} className="mr-1" /> {t(view.people.length === 0 ? "addFirst" : "add")}
    </Button>
  );
  return (
    <Section title={setup("people")} advice={t("advice")} action={view.people.length > 0 && add}>
      {view.people.length === 0 ? (
        <State icon={<UsersRound aria-hidden size={28} />} title={t("none")} action={add}>
          {t("noneAdvice")}
        </State>
      ) : (
        <>
          <ul className="divide-y divide-hairline border-hairline border-y">
            {view.people.map((person) => (
              <Person key={person.id} person={person} onEdit={() => setOpen(person)} />
            ))}
          </ul>
          <Idle minutes={view.idle_minutes} />
          <LockBoxes people={view.people} />
        </>
      )}
      {open && (
        <PersonDialog
          person={open === "new" ? null : open}
          isFirst={view.people.length === 0}
          practitioners={view.practitioners}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Section>
  );
}

function Person({ person, onEdit }: { person: PersonLine; onEdit: () => void }) {
  const t = useTranslations("people");
  const session = useTranslations("session");
  const { user } = useSession();
  const lift = useChange(
    () => liftLockOut(person.id),
    () => tell({ text: t("lifted", { name: person.name }) }),
  );
  return (
    <li className="flex items-center gap-3 py-2">
      <Initials name={person.name} isSmall />
      <span className="min-w-0 flex-1">
        <span className={`block truncate font-medium ${person.active ? "" : "text-quiet"}`}>
          <bdi>{person.name}</bdi>
          {user?.id === person.id && <span className="text-quiet"> ({t("you")})</span>}
        </span>
        <span className="block text-quiet text-small">
          {session(person.role)}
          {person.practitioner_name && ` · ${person.practitioner_name}`}
          {` · ${session(person.secret)}`}
          {!person.active && ` · ${t("left")}`}
        </span>
        {person.locked_out && <span className="block text-rule text-small">{t("lockedOut")}</span>}
        <Refused error={lift.error} />
      </span>
      {person.locked_out && (
        <Button isDisabled={lift.isPending} onPress={() => lift.mutate(undefined)}>
          {t("lift")}
        </Button>
      )}
      <Button label={t("editThis", { name: person.name })} onPress={onEdit}>
        {t("edit")}
      </Button>
    </li>
  );
}

/** Records that only some people see; an owner can open each of them again. */
function LockBoxes({ people }: { people: PersonLine[] }) {
  const t = useTranslations("lockBox");
  const query = useQuery(lockBoxesQuery());
  const name = useNames();
  const [open, setOpen] = useState<string>();
  const names = (users: string[]) =>
    users.map((id) => people.find((person) => person.id === id)?.name ?? id).join(", ");
  if (!query.data?.length) {
    return null;
  }
  return (
    <section aria-labelledby="lock-boxes" className="mt-8">
      <h3 id="lock-boxes" className="mb-2 font-semibold text-title">
        {t("list")}
      </h3>
      <ul className="divide-y divide-hairline border-hairline border-y">
        {query.data.map(({ patient, patient_name, users }) => (
          <li key={patient} className="flex items-center gap-3 py-1.5">
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-medium">{name(patient_name)}</bdi>
              <span className="block truncate text-quiet text-small">{names(users)}</span>
            </span>
            <Button label={t("change", { name: name(patient_name) })} onPress={() => setOpen(patient)}>
              {t("edit")}
            </Button>
          </li>
        ))}
      </ul>
      {open && <LockBoxDialog patient={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function Idle({ minutes }: { minutes: number }) {
  const t = useTranslations("people");
  const [wanted, setWanted] = useState(minutes);
  const change = useChange(
    () => setIdleMinutes(wanted),
    () => tell({ text: t("saved") }),
  );
  return (
    <div className="mt-6 flex flex-wrap items-end gap-2">
      <NumberInput
        label={t("idle")}
        value={wanted}
        onChange={setWanted}
        least={1}
        most={480}
        className="w-44"
      />
      <span className="flex h-8 items-center text-quiet">{t("idleUnit")}</span>
      {wanted !== minutes && (
        <Button isPrimary isDisabled={change.isPending} onPress={() => change.mutate(undefined)}>
          {t("save")}
        </Button>
      )}
      <Refused error={change.error} />
    </div>
  );
}
