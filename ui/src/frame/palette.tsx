import { useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import { useLocale, useTranslations } from "use-intl";

import { readMoment } from "../lib/moments";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { Dialog } from "../parts/dialog";
import { type Command, useOfferedCommands } from "./commands";
import { useNavigation } from "./navigation";

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Every command by its name, and every date in words. */
export function Palette({ isOpen, onClose }: PaletteProps) {
  const t = useTranslations("frame");
  const { contains } = useFilter({ sensitivity: "base" });
  const offered = useOfferedCommands();
  const [typed, setTyped] = useState("");
  const date = useGoTo(typed);
  const commands = date ? [date, ...offered] : offered;
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <Dialog title={t("commands")} isBare width="card" isOpen={isOpen} onClose={close}>
      <Autocomplete
        inputValue={typed}
        onInputChange={setTyped}
        filter={(name, text) => name === date?.label || contains(name, text)}
      >
        <SearchField aria-label={t("search")} autoFocus className="border-hairline border-b">
          <Input
            placeholder={t("search")}
            className="h-12 w-full bg-transparent px-4 text-title outline-none placeholder:text-quiet"
          />
        </SearchField>
        <Menu
          aria-label={t("commands")}
          className="max-h-[50vh] overflow-y-auto p-1.5 outline-none"
          onAction={(key) => {
            close();
            commands.find(({ id }) => id === key)?.run();
          }}
          renderEmptyState={() => <p className="px-3 py-4 text-quiet">{t("noCommand")}</p>}
        >
          {commands.map(({ id, label, keys }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={label}
              className="flex h-9 items-center justify-between rounded-control px-3 outline-none focus:bg-raised"
            >
              {label} {keys && <kbd className="font-sans text-quiet text-small">{keys}</kbd>}
            </MenuItem>
          ))}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}

/** The way to a date that is typed instead of a command, as in `tue` or `+2w`. */
function useGoTo(typed: string): Command | undefined {
  const t = useTranslations("frame");
  const language = useLocale();
  const { shortDate } = useTimes();
  const { go } = useNavigation();
  const date = readMoment(typed, currentDate(), language)?.date;
  return (
    date && {
      id: "go-to-date",
      label: t("goTo", { when: shortDate(date) }),
      run: () => go("day", { date: date.toString() }),
    }
  );
}
