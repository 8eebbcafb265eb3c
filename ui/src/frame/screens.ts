/** Every screen of the window, in the order of the rail; a screen is added here and nowhere else. */

import {
  CalendarDays,
  CalendarRange,
  type LucideIcon,
  Settings2,
  UserRoundCheck,
  UsersRound,
} from "lucide-react";
import type { ComponentType } from "react";

import { DayScreen } from "../day/day-screen";
import { PatientsScreen } from "../patients/patients-screen";
import { PractitionerScreen } from "../practitioner/practitioner-screen";
import { SeriesScreen } from "../series/series-screen";
import { SetupScreen } from "../setup/setup-screen";
import type { ScreenId } from "./navigation";

/** A screen with its picture; its name is the word `frame.<id>`. */
export interface Screen {
  id: ScreenId;
  icon: LucideIcon;
  Screen: ComponentType;
}

export const screens: Screen[] = [
  { id: "day", icon: CalendarDays, Screen: DayScreen },
  { id: "series", icon: CalendarRange, Screen: SeriesScreen },
  { id: "patients", icon: UsersRound, Screen: PatientsScreen },
  { id: "practitioner", icon: UserRoundCheck, Screen: PractitionerScreen },
  { id: "setup", icon: Settings2, Screen: SetupScreen },
];
