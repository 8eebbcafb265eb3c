import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import { choose, preferences, shownWeek, usePreferences, type WeekOf } from "../frame/preferences";
import type { RoomName } from "../lib/api";
import { BareButton } from "../parts/frame-button";
import { overlay } from "../parts/later";
import { practitionersQuery } from "../practitioner/queries";

const WeekOfWhom = overlay(() => import("./week-of-whom").then((part) => part.WeekOfWhom));

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
        <BareButton
          aria-pressed={weekOf === null}
          aria-keyshortcuts="D"
          className={`${half} rounded-l-control ${weekOf ? other : chosen}`}
          onPress={showDay}
        >
          {t("dayView")}
        </BareButton>
        <BareButton
          aria-pressed={weekOf !== null}
          aria-keyshortcuts="W"
          className={`${half} -ml-px rounded-r-control ${weekOf ? chosen : other}`}
          onPress={toWeek}
        >
          {t("weekView")}
        </BareButton>
      </div>
      {weekOf && <WeekOfWhom weekOf={weekOf} practitioners={all} rooms={rooms} />}
    </div>
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
