import { Check, ListFilter } from "lucide-react";
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import { choose, usePreferences } from "../frame/preferences";
import type { DayView } from "../lib/api";

interface Choosable {
  id: string;
  name: string;
}

/** Whose columns the board shows and which visits stand out; the choice is kept. */
export function BoardFilter({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const { hiddenPractitioners, hiddenDisciplines, hiddenRooms } = usePreferences();
  const shown = view.practitioners.filter(({ id }) => !hiddenPractitioners.includes(id));
  const isWhole = shown.length === view.practitioners.length;
  const aside = [
    ...view.disciplines.filter(({ id }) => hiddenDisciplines.includes(id)),
    ...view.rooms.filter(({ id }) => hiddenRooms.includes(id)),
  ].length;
  const words = isWhole
    ? t("everybody")
    : t("shownOf", { shown: shown.length, all: view.practitioners.length });
  return (
    <MenuTrigger>
      <AriaButton
        className={`flex h-8 items-center gap-1.5 rounded-control border bg-surface px-2 font-medium outline-accent hover:bg-raised focus-visible:outline-2 ${isWhole && aside === 0 ? "border-hairline hover:border-edge" : "border-accent text-accent"}`}
      >
        <ListFilter aria-hidden size={16} />
        {aside > 0 ? t("filtered", { words }) : words}
      </AriaButton>
      <Popover placement="bottom end" className="rounded-control border border-edge bg-surface shadow-xl">
        <Menu aria-label={t("show")} className="max-h-[70vh] min-w-60 overflow-y-auto p-1.5 outline-none">
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
    </MenuTrigger>
  );
}

interface SectionProps {
  title: string;
  options: readonly Choosable[];
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
