import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { usePreferences } from "../frame/preferences";
import type { DayView } from "../lib/api";
import { BareButton } from "../parts/frame-button";
import { atOnce } from "../parts/later";

const FilterMenu = atOnce(() => import("./filter-menu").then((part) => part.FilterMenu));

/** Whose columns the board shows and which visits stand out; the choice is kept. */
export function BoardFilter({ view }: { view: DayView }) {
  const t = useTranslations("day");
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
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
    <>
      <BareButton
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        className={`flex h-8 items-center gap-1.5 rounded-control border bg-surface px-2 font-medium outline-accent hover:bg-raised focus-visible:outline-2 ${isWhole && aside === 0 ? "border-hairline hover:border-edge" : "border-accent text-accent"}`}
        onPress={() => setIsOpen(true)}
        onKeyDown={(event) => event.key === "ArrowDown" && setIsOpen(true)}
      >
        <ListFilter aria-hidden size={16} />
        {aside > 0 ? t("filtered", { words }) : words}
      </BareButton>
      {isOpen && <FilterMenu view={view} button={button} onClose={() => setIsOpen(false)} />}
    </>
  );
}
