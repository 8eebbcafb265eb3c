import { CopyPlus, type LucideIcon, NotebookText, UserRoundPlus } from "lucide-react";
import { useTranslations } from "use-intl";

import type { DayAppointment, DayStatus } from "../../lib/api";
import { StatusIcon } from "../../parts/status-icon";
import { useCardWords } from "./card-words";

/** What the desk must know of a visit besides its time, as pictures with a name each. */
export function useMarks() {
  const t = useTranslations("visit");
  const status = useTranslations("status");
  return ({ first_visit, note, overbooked, status: stands }: DayAppointment): Mark[] =>
    [
      first_visit && { id: "first", name: t("first"), icon: UserRoundPlus, look: "text-accent" },
      overbooked && { id: "overbooked", name: t("overbooked"), icon: CopyPlus, look: "text-rule" },
      note && { id: "note", name: t("note"), icon: NotebookText, look: "" },
      stands !== "booked" && { id: "status", name: status(stands), status: stands, look: "" },
    ].filter((mark) => mark !== false);
}

/** A picture with its name. */
export interface Mark {
  id: string;
  name: string;
  icon?: LucideIcon;
  status?: DayStatus;
  look: string;
}

interface MarksProps {
  marks: readonly Mark[];
  /** Which of its series the visit is, where that is said too. */
  position: DayAppointment["series_position"];
}

/** Whether a mark tells where the visit stands or what is wrong with it, and not what else is known of it. */
export const isStanding = ({ id }: Mark) => id === "status" || id === "overbooked";

/** The marks of a visit at the end of a line. */
export function Marks({ marks, position }: MarksProps) {
  const words = useCardWords();
  return (
    <span className="ml-auto flex h-[15px] shrink-0 items-center gap-1 text-quiet text-small">
      {position && (
        <span title={words.position(position)}>
          {position.number}/{position.of}
        </span>
      )}
      {marks.map(({ id, name, icon: Icon, status, look }) => (
        <span key={id} title={name} className={look}>
          {Icon ? <Icon aria-hidden size={13} /> : status && <StatusIcon status={status} />}
        </span>
      ))}
    </span>
  );
}
