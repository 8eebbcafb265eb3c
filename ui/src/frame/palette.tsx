import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import { useTranslations } from "use-intl";

import { Dialog } from "../parts/dialog";
import { useOfferedCommands } from "./commands";

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Every command by its name. */
export function Palette({ isOpen, onClose }: PaletteProps) {
  const t = useTranslations("frame");
  const { contains } = useFilter({ sensitivity: "base" });
  const commands = useOfferedCommands();
  return (
    <Dialog title={t("commands")} isBare width="card" isOpen={isOpen} onClose={onClose}>
      <Autocomplete filter={contains}>
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
            onClose();
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
