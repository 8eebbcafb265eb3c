import { Check, Circle, type LucideIcon, UserRoundCheck, UserRoundX, X } from "lucide-react";

import type { DayStatus } from "../lib/api";

const icons: Record<DayStatus, LucideIcon> = {
  booked: Circle,
  arrived: UserRoundCheck,
  fulfilled: Check,
  cancelled: X,
  noshow: UserRoundX,
};

/** The picture of a status, always beside its word or inside something that says it. */
export function StatusIcon({ status }: { status: DayStatus }) {
  const Icon = icons[status];
  return (
    <Icon
      aria-hidden
      size={14}
      strokeWidth={2.25}
      className={status === "arrived" ? "text-accent" : "text-quiet"}
    />
  );
}
