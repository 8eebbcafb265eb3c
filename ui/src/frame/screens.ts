/** Every screen of the window, in the order of the rail; a screen is added here and nowhere else. */

import {
  CalendarDays,
  CalendarRange,
  type LucideIcon,
  Settings2,
  UserRoundCheck,
  UsersRound,
} from "lucide-react";
import { type ComponentType, useMemo } from "react";

import { DayScreen } from "../day/day-screen";
import type { UseCase } from "../lib/api";
import { later } from "../parts/later";
import { useSession } from "../session/session";
import type { ScreenId } from "./navigation";

/** A screen with its picture; its name is the word `frame.<id>`. */
export interface Screen {
  id: ScreenId;
  icon: LucideIcon;
  Screen: ComponentType;
  /** What somebody must be allowed to find anything on it. */
  needs: UseCase;
}

const SeriesScreen = later(() => import("../series/series-screen").then((part) => part.SeriesScreen));
const PatientsScreen = later(() => import("../patients/patients-screen").then((part) => part.PatientsScreen));
const PractitionerScreen = later(() =>
  import("../practitioner/practitioner-screen").then((part) => part.PractitionerScreen),
);
const SetupScreen = later(() => import("../setup/setup-screen").then((part) => part.SetupScreen));

export const screens: Screen[] = [
  { id: "day", icon: CalendarDays, Screen: DayScreen, needs: "day" },
  { id: "series", icon: CalendarRange, Screen: SeriesScreen, needs: "book_series" },
  { id: "patients", icon: UsersRound, Screen: PatientsScreen, needs: "search_patients" },
  { id: "practitioner", icon: UserRoundCheck, Screen: PractitionerScreen, needs: "practitioner_day" },
  { id: "setup", icon: Settings2, Screen: SetupScreen, needs: "setup" },
];

/** The screens that are for whoever is at the desk. */
export function useScreens(): Screen[] {
  const { may } = useSession();
  return useMemo(() => screens.filter(({ needs }) => may(needs)), [may]);
}
