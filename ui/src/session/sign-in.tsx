import { useMutation, useQuery } from "@tanstack/react-query";
import { ArrowLeft, LockKeyhole, LogIn } from "lucide-react";
import { useRef, useState } from "react";
import { Button as AriaButton, Form, Input, Label, TextField } from "react-aria-components";
import { useTranslations } from "use-intl";

import { useProgramLanguage } from "../frame/language";
import { LanguageChoice } from "../frame/language-choice";
import { type SessionView, signIn, type UserTile } from "../lib/api";
import { useEscape } from "../lib/shortcuts";
import { Button } from "../parts/button";
import { Failure, Loading, Refused } from "../parts/state";
import { forget as forgetSeries } from "../series/draft";
import { forgetDrafts } from "../setup/drafts";
import { Initials } from "./initials";
import { choicesQuery } from "./queries";

const place = "ordo.last-user";

interface SignInProps {
  /** Shows the window to whoever has signed in. */
  onEnter: (session: SessionView) => void;
}

/** Who signs in: a tile for each, then a PIN or password. Whoever was here last is asked at once. */
export function SignIn({ onEnter }: SignInProps) {
  const t = useTranslations("session");
  const query = useQuery(choicesQuery());
  const [chosen, setChosen] = useState(lastUser);
  const [focused, setFocused] = useState<string>();
  useProgramLanguage();
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  // Where there is one alone, nobody has to be chosen.
  const [only] = query.data.length === 1 ? query.data : [];
  const user = query.data.find(({ id }) => id === chosen) ?? only;
  return (
    <div className="flex h-full flex-col">
      <LanguageChoice />
      <main className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6 py-10">
        <div className="my-auto w-full max-w-2xl">
          <header className="mb-6 flex flex-col items-center text-center">
            <LockKeyhole aria-hidden size={22} className="mb-2 text-quiet" />
            <h1 className="font-semibold text-display tracking-tight">{t("title")}</h1>
            {!user && <p className="text-quiet">{t("advice")}</p>}
          </header>
          {user ? (
            <Secret
              key={user.id}
              user={user}
              onEnter={onEnter}
              {...(!only && {
                onBack: () => {
                  setFocused(user.id);
                  setChosen(undefined);
                },
              })}
            />
          ) : (
            <Tiles users={query.data} focused={focused} onChoose={setChosen} />
          )}
        </div>
      </main>
    </div>
  );
}

interface TilesProps {
  users: UserTile[];
  focused: string | undefined;
  onChoose: (id: string) => void;
}

function Tiles({ users, focused, onChoose }: TilesProps) {
  const t = useTranslations("session");
  const list = useRef<HTMLUListElement>(null);
  const move = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const tiles = [...(list.current?.querySelectorAll("button") ?? [])];
    const at =
      document.activeElement instanceof HTMLButtonElement ? tiles.indexOf(document.activeElement) : -1;
    if (step && at >= 0) {
      event.preventDefault();
      tiles[(at + step + tiles.length) % tiles.length]?.focus();
    }
  };
  return (
    <ul ref={list} aria-label={t("people")} onKeyDown={move} className="flex flex-wrap justify-center gap-3">
      {users.map((user, at) => (
        <li key={user.id} className="w-40">
          <AriaButton
            autoFocus={focused ? user.id === focused : at === 0}
            className="flex h-full w-full flex-col items-center gap-2 rounded-control border border-hairline bg-surface px-3 py-4 outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2"
            onPress={() => onChoose(user.id)}
          >
            <Initials name={user.name} />
            <span className="flex flex-col items-center">
              <bdi className="max-w-full truncate font-semibold">{user.name}</bdi>
              <span className="text-quiet text-small">{user.locked_out ? t("lockedOut") : t(user.role)}</span>
            </span>
          </AriaButton>
        </li>
      ))}
    </ul>
  );
}

interface SecretProps extends SignInProps {
  user: UserTile;
  /** Goes back to the others, where there are any. */
  onBack?: () => void;
}

function Secret({ user, onBack, onEnter }: SecretProps) {
  const t = useTranslations("session");
  const [given, setGiven] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const enter = useMutation({
    mutationFn: () => signIn(user.id, given),
    networkMode: "always",
    onSuccess: (session) => {
      // Whoever comes back goes on where they were; nobody sees what somebody else had begun.
      if (lastUser() !== user.id) {
        forgetSeries();
        forgetDrafts();
      }
      keepLastUser(user.id);
      onEnter(session);
    },
    onError: () => {
      setGiven("");
      field.current?.focus();
    },
  });
  useEscape(onBack !== undefined, () => onBack?.());
  const isPin = user.secret === "pin";
  return (
    <Form
      className="mx-auto flex w-80 max-w-full flex-col items-center gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (given && !enter.isPending) {
          enter.mutate();
        }
      }}
    >
      <Initials name={user.name} />
      <p className="-mt-2 text-center">
        <bdi className="font-semibold text-title">{user.name}</bdi>
        <span className="block text-quiet text-small">{t(user.role)}</span>
      </p>
      <TextField
        autoFocus
        value={given}
        onChange={setGiven}
        className="flex w-full flex-col gap-1"
        type="password"
        {...(isPin && { inputMode: "numeric" as const })}
        autoComplete="off"
      >
        <Label className="text-quiet text-small">{t(isPin ? "pin" : "password")}</Label>
        <Input
          ref={field}
          className="h-9 w-full rounded-control border border-edge bg-surface px-2 text-center tracking-widest outline-accent focus-visible:outline-2"
        />
      </TextField>
      <div className="w-full empty:hidden">
        <Refused error={enter.error} />
      </div>
      <div className={`flex w-full flex-wrap gap-2 ${onBack ? "justify-between" : "justify-center"}`}>
        {onBack && (
          <Button onPress={onBack}>
            <ArrowLeft aria-hidden size={16} className="mr-1.5" /> {t("somebodyElse")}
          </Button>
        )}
        <Button isPrimary type="submit" isDisabled={enter.isPending || !given}>
          <LogIn aria-hidden size={16} className="mr-1.5" /> {t("signIn")}
        </Button>
      </div>
    </Form>
  );
}

function lastUser(): string | undefined {
  try {
    return localStorage.getItem(place) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepLastUser(id: string) {
  try {
    localStorage.setItem(place, id);
  } catch {
    // Then a tile is chosen the next time.
  }
}
