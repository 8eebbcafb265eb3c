/** An account on a calendar server: the way in, and which of its calendars is meant. */

import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { type AccountCalendar, accountCalendars } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "./button";
import { Choice, SecretInput, TextInput } from "./fields";
import { Refused } from "./state";

/** What somebody types to get in. */
export interface Account {
  address: string;
  user: string;
  password: string;
}

interface AccountFieldsProps {
  value: Account;
  onChange: (value: Account) => void;
  /** Whether an empty password means the one that is known. */
  isKnown?: boolean;
}

/** Address, user and password. */
export function AccountFields({ value, onChange, isKnown = false }: AccountFieldsProps) {
  const t = useTranslations("account");
  const set = (changes: Partial<Account>) => onChange({ ...value, ...changes });
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-sm:grid-cols-1">
      <TextInput
        label={t("address")}
        value={value.address}
        onChange={(address) => set({ address })}
        placeholder="https://"
        isRequired
        autoFocus
        className="col-span-full"
      />
      <TextInput label={t("user")} value={value.user} onChange={(user) => set({ user })} isRequired />
      <SecretInput
        label={t(isKnown ? "knownPassword" : "password")}
        value={value.password}
        onChange={(password) => set({ password })}
        isPin={false}
        isRequired={!isKnown}
      />
    </div>
  );
}

/** Finds the calendars of an account; where there is only one, it is chosen. */
export function useCalendars(account: Account, onChoose: (calendar: AccountCalendar) => void) {
  const [found, setFound] = useState<AccountCalendar[]>();
  const find = useChange(
    ({ address, user, password }: Account) => accountCalendars(address, user, password),
    (calendars) => {
      setFound(calendars);
      const [one, another] = calendars;
      if (one && !another) {
        onChoose(one);
      }
    },
  );
  const isWhole = account.address.trim() !== "" && account.user.trim() !== "" && account.password !== "";
  return {
    found,
    error: find.error,
    isPending: find.isPending,
    canFind: isWhole && !find.isPending,
    look: () => {
      setFound(undefined);
      find.mutate(account);
    },
    onChoose,
  };
}

interface CalendarChoiceProps {
  calendars: ReturnType<typeof useCalendars>;
  /** The address of the calendar that is meant now. */
  chosen: string;
  /** Whether finding is what the form around it is for. */
  isSubmit?: boolean;
}

/** Finds the calendars of an account and lets one be chosen. */
export function CalendarChoice({ calendars, chosen, isSubmit = false }: CalendarChoiceProps) {
  const t = useTranslations("account");
  const { found, error, isPending, canFind, look, onChoose } = calendars;
  return (
    <div className="flex flex-col gap-3">
      <Refused error={error} />
      <div className="flex flex-wrap items-end gap-3">
        <Button isDisabled={!canFind} {...(isSubmit ? { type: "submit" } : { onPress: look })}>
          <Search aria-hidden size={16} className="mr-1.5" /> {t("find")}
        </Button>
        {found && found.length > 1 && (
          <Choice
            label={t("which", { count: found.length })}
            value={found.some(({ address }) => address === chosen) ? chosen : ""}
            options={found.map(({ address, name }) => ({ id: address, name, text: name }))}
            onChange={(address) => {
              const calendar = found.find((known) => known.address === address);
              if (calendar) {
                onChoose(calendar);
              }
            }}
            className="min-w-0 flex-1 basis-48"
          />
        )}
        <span role="status" className="text-quiet leading-8">
          {isPending && t("finding")}
          {found?.length === 1 && t("one", { name: found[0]?.name ?? "" })}
        </span>
      </div>
    </div>
  );
}
