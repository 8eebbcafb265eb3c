import { useEffect, useRef } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { ProposedVisit } from "../lib/api";
import { useTimes } from "../lib/times";

/** What can be done with a visit of a proposal. */
export type VisitAction = "pin" | "release" | "move" | "leave" | "board";

/** The keys that do the same while a visit is in focus. */
export const actionOfKey = (key: string, visit: ProposedVisit): VisitAction | undefined =>
  ({
    p: visit.hold === "pinned" ? ("release" as const) : ("pin" as const),
    m: "move" as const,
    Delete: "leave" as const,
    Backspace: "leave" as const,
    b: "board" as const,
  })[key.length === 1 ? key.toLowerCase() : key];

interface VisitMenuProps {
  visit: ProposedVisit;
  place: HTMLElement;
  onClose: () => void;
  onAction: (action: VisitAction) => void;
}

/** The visit in words, how it differs from the usual, and what can be done with it. */
export function VisitMenu({ visit, place, onClose, onAction }: VisitMenuProps) {
  const t = useTranslations("seriesScreen");
  const keys = useTranslations("keys");
  const times = useTimes();
  const trigger = useRef(place);
  trigger.current = place;
  useEffect(() => {
    // In a window of another size the visit is somewhere else, or out of sight.
    window.addEventListener("resize", onClose);
    return () => window.removeEventListener("resize", onClose);
  }, [onClose]);
  const actions: [VisitAction, string, string][] = [
    visit.hold === "pinned" ? ["release", t("unpin"), "P"] : ["pin", t("pin"), "P"],
    ["move", t("move"), "M"],
    ["leave", t("leaveOut"), keys("delete")],
    ["board", t("showOnBoard"), "B"],
  ];
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom start"
      className="w-64 rounded-control border border-edge bg-surface shadow-lg outline-none"
    >
      <div className="border-hairline border-b px-3 py-2">
        <p className="font-semibold">{visit.discipline}</p>
        <p>
          {times.shortDate(visit.date)}, {times.time(visit.minute)}–{times.time(visit.to_minute)}
        </p>
        <p className="text-quiet">
          {[visit.practitioner_name, visit.room].filter((part) => part !== null).join(", ")}
        </p>
        {visit.differs.map((words) => (
          <p key={words} className="text-quiet text-small">
            {words}
          </p>
        ))}
      </div>
      <Menu
        aria-label={visit.discipline}
        autoFocus="first"
        onAction={(key) => {
          onClose();
          onAction(String(key) as VisitAction);
        }}
        onClose={onClose}
        className="p-1 outline-none"
      >
        {actions.map(([id, words, keys]) => (
          <MenuItem
            key={id}
            id={id}
            textValue={words}
            className="flex h-8 cursor-default items-center justify-between gap-3 rounded-control px-2 outline-none data-focused:bg-raised"
          >
            {words}
            <kbd className="font-sans text-quiet text-small">{keys}</kbd>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
