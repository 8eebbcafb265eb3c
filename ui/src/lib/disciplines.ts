/** How a discipline looks: a hue and an icon; its name is always said beside them. */

import { Activity, Hand, HeartPulse, type LucideIcon, Sprout, Stethoscope } from "lucide-react";

/** A hue that theme.css defines. */
export type Hue = "blue" | "amber" | "violet" | "green" | "rose";

/** What marks a discipline apart. */
export interface DisciplineLook {
  hue: Hue;
  icon: LucideIcon;
}

const shipped: Record<string, DisciplineLook> = {
  physio: { hue: "blue", icon: Activity },
  massage: { hue: "amber", icon: Hand },
};

const added: DisciplineLook[] = [
  { hue: "violet", icon: Stethoscope },
  { hue: "green", icon: Sprout },
  { hue: "rose", icon: HeartPulse },
];

/** The look of a discipline, given all that the clinic offers, so that each it added keeps its own. */
export function disciplineLook(discipline: string, offered: readonly string[]): DisciplineLook {
  const known = shipped[discipline];
  if (known) {
    return known;
  }
  const position = offered.filter((id) => !(id in shipped)).indexOf(discipline);
  return added[Math.max(position, 0) % added.length] ?? { hue: "violet", icon: Stethoscope };
}
