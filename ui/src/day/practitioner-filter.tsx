import { Check, Users } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import { choose, usePreferences } from "../frame/preferences";
import type { DayPractitioner } from "../lib/api";

/** Whose columns the board shows; the choice is kept. */
export function PractitionerFilter({ practitioners }: { practitioners: DayPractitioner[] }) {
  const t = useTranslations("day");
  const { hiddenPractitioners: hidden } = usePreferences();
  const shown = practitioners.filter(({ id }) => !hidden.includes(id));
  const isWhole = shown.length === practitioners.length;
  return (
    <MenuTrigger>
      <AriaButton className="flex h-8 items-center gap-1.5 rounded-control border border-hairline bg-surface px-2 font-medium outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2">
        <Users aria-hidden size={16} className={isWhole ? "" : "text-accent"} />
        {isWhole ? t("everybody") : t("shownOf", { shown: shown.length, all: practitioners.length })}
      </AriaButton>
      <Popover placement="bottom end" className="rounded-control border border-edge bg-surface shadow-xl">
        <Menu
          aria-label={t("show")}
          selectionMode="multiple"
          selectedKeys={shown.map(({ id }) => id)}
          className="max-h-[60vh] min-w-56 overflow-y-auto p-1.5 outline-none"
          onSelectionChange={(selected) => {
            const gone = practitioners
              .map(({ id }) => id)
              .filter((id) => selected !== "all" && !selected.has(id));
            const elsewhere = hidden.filter((id) => practitioners.every((each) => each.id !== id));
            // Nobody at all is no choice: the board would be empty for no visible reason.
            choose({
              hiddenPractitioners: gone.length === practitioners.length ? elsewhere : [...elsewhere, ...gone],
            });
          }}
        >
          {practitioners.map(({ id, name }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={name}
              className="flex h-8 items-center gap-2 rounded-control px-2 outline-none focus:bg-raised"
            >
              {({ isSelected }) => (
                <>
                  <Check aria-hidden size={16} className={isSelected ? "text-accent" : "invisible"} />
                  {name}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
