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

import { choose, type WeekOf } from "../frame/preferences";
import type { Named } from "../lib/api";

interface WeekOfWhomProps {
  weekOf: WeekOf;
  practitioners: readonly Named[];
  rooms: readonly Named[];
}

/** The practitioner or the room whose week the board shows. */
export function WeekOfWhom({ weekOf, practitioners, rooms }: WeekOfWhomProps) {
  const t = useTranslations("day");
  return (
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
          <Part title={t("practitioners")} kind="practitioner" options={practitioners} />
          <Part title={t("rooms")} kind="room" options={rooms} />
        </ListBox>
      </Popover>
    </Select>
  );
}

interface PartProps {
  title: string;
  kind: "practitioner" | "room";
  options: readonly Named[];
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
