import { useQuery } from "@tanstack/react-query";
import { ChevronDown, DoorOpen, UserRound } from "lucide-react";
import {
  Button as AriaButton,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import { choose, preferences, shownWeek, usePreferences, type WeekOf } from "../frame/preferences";
import type { RoomName } from "../lib/api";
import { practitionersQuery } from "../practitioner/queries";

interface WeekChoiceProps {
  rooms: RoomName[];
  /** Those of the day that is shown. */
  practitioners: { id: string }[];
}

const half = "flex h-8 items-center border px-2.5 font-medium outline-accent focus-visible:outline-2";
const chosen = "z-10 border-accent bg-raised text-accent";
const other = "border-hairline bg-surface hover:bg-raised";

/** Whether the board shows the day of everybody or a week, and whose. */
export function WeekChoice({ rooms, practitioners }: WeekChoiceProps) {
  const t = useTranslations("day");
  const weekOf = shownWeek(usePreferences());
  const everybody = useQuery(practitionersQuery());
  const all = everybody.data ?? [];
  const toWeek = () => showWeek(practitioners[0]?.id ?? all[0]?.id);
  return (
    <div className="flex items-center gap-1">
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, not a form. */}
      <div role="group" aria-label={t("shows")} className="flex">
        <AriaButton
          aria-pressed={weekOf === null}
          aria-keyshortcuts="D"
          className={`${half} rounded-l-control ${weekOf ? other : chosen}`}
          onPress={showDay}
        >
          {t("dayView")}
        </AriaButton>
        <AriaButton
          aria-pressed={weekOf !== null}
          aria-keyshortcuts="W"
          className={`${half} -ml-px rounded-r-control ${weekOf ? chosen : other}`}
          onPress={toWeek}
        >
          {t("weekView")}
        </AriaButton>
      </div>
      {weekOf && (
        <Select
          aria-label={t("weekOf")}
          value={`${weekOf.kind}:${weekOf.id}`}
          onChange={(key) => {
            const [kind, ...id] = String(key).split(":");
            choose({
              weekOf: { kind: kind === "room" ? "room" : "practitioner", id: id.join(":") },
            });
          }}
        >
          <AriaButton className="flex h-8 max-w-56 items-center gap-1.5 rounded-control border border-hairline bg-surface px-2 font-medium outline-accent hover:border-edge hover:bg-raised focus-visible:outline-2">
            {weekOf.kind === "room" ? (
              <DoorOpen aria-hidden size={16} className="shrink-0" />
            ) : (
              <UserRound aria-hidden size={16} className="shrink-0" />
            )}
            <SelectValue className="truncate">{({ selectedText }) => selectedText ?? "…"}</SelectValue>
            <ChevronDown aria-hidden size={14} className="shrink-0 text-quiet" />
          </AriaButton>
          <Popover
            placement="bottom end"
            className="min-w-56 rounded-control border border-edge bg-surface shadow-xl"
          >
            <ListBox className="max-h-[70vh] overflow-y-auto p-1.5 outline-none">
              <Part title={t("practitioners")} kind="practitioner" options={all} />
              <Part title={t("rooms")} kind="room" options={rooms} />
            </ListBox>
          </Popover>
        </Select>
      )}
    </div>
  );
}

interface PartProps {
  title: string;
  kind: "practitioner" | "room";
  options: readonly { id: string; name: string }[];
}

function Part({ title, kind, options }: PartProps) {
  return (
    <ListBoxSection id={kind}>
      <Header className="px-2 py-1 text-quiet text-small">{title}</Header>
      {options.map(({ id, name }) => (
        <ListBoxItem
          key={id}
          id={`${kind}:${id}`}
          textValue={name}
          className="flex h-8 items-center rounded-control px-2 outline-none data-focused:bg-raised data-selected:font-semibold data-selected:text-accent"
        >
          {name}
        </ListBoxItem>
      ))}
    </ListBoxSection>
  );
}

/** Shows the day of everybody. */
export const showDay = () => choose({ isWeek: false });

/** Shows a week: of whom it was shown last, else of a practitioner. */
export function showWeek(practitioner: string | undefined) {
  const weekOf: WeekOf | null =
    preferences().weekOf ?? (practitioner === undefined ? null : { kind: "practitioner", id: practitioner });
  if (weekOf) {
    choose({ isWeek: true, weekOf });
  }
}
