import { Check } from "lucide-react";
import type { RefObject } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import { choose, usePreferences } from "../frame/preferences";
import type { DayView, Named } from "../lib/api";

interface FilterMenuProps {
  view: DayView;
  /** What it hangs on. */
  button: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Practitioners, disciplines and rooms, each to be shown or hidden. */
export function FilterMenu({ view, button, onClose }: FilterMenuProps) {
  const t = useTranslations("day");
  const { hiddenPractitioners, hiddenDisciplines, hiddenRooms } = usePreferences();
  return (
    <Popover
      isOpen
      trigger="MenuTrigger"
      triggerRef={button}
      placement="bottom end"
      className="rounded-control border border-edge bg-surface shadow-xl"
      onOpenChange={onClose}
    >
      <Menu
        aria-label={t("show")}
        autoFocus="first"
        className="max-h-[70vh] min-w-60 overflow-y-auto p-1.5 outline-none"
        onClose={onClose}
      >
        <Section
          title={t("practitioners")}
          options={view.practitioners}
          hidden={hiddenPractitioners}
          onHidden={(hidden) => choose({ hiddenPractitioners: hidden })}
        />
        <Section
          title={t("disciplines")}
          options={view.disciplines}
          hidden={hiddenDisciplines}
          onHidden={(hidden) => choose({ hiddenDisciplines: hidden })}
        />
        <Section
          title={t("rooms")}
          options={view.rooms}
          hidden={hiddenRooms}
          onHidden={(hidden) => choose({ hiddenRooms: hidden })}
        />
      </Menu>
    </Popover>
  );
}

interface SectionProps {
  title: string;
  options: readonly Named[];
  hidden: readonly string[];
  onHidden: (hidden: string[]) => void;
}

function Section({ title, options, hidden, onHidden }: SectionProps) {
  if (options.length < 2) {
    return null;
  }
  return (
    <MenuSection
      selectionMode="multiple"
      selectedKeys={options.map(({ id }) => id).filter((id) => !hidden.includes(id))}
      className="not-first:mt-1.5 not-first:border-hairline not-first:border-t not-first:pt-1.5"
      onSelectionChange={(selected) => {
        const gone = options.map(({ id }) => id).filter((id) => selected !== "all" && !selected.has(id));
        const elsewhere = hidden.filter((id) => options.every((each) => each.id !== id));
        // Nothing at all is no choice: the board would be empty for no visible reason.
        onHidden(gone.length === options.length ? elsewhere : [...elsewhere, ...gone]);
      }}
    >
      <Header className="px-2 py-1 text-quiet text-small">{title}</Header>
      {options.map(({ id, name }) => (
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
    </MenuSection>
  );
}
