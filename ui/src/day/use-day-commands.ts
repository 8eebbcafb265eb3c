import { useMemo } from "react";
import { useTranslations } from "use-intl";

import { useCommands } from "../frame/commands";
import { useSession } from "../session/session";
import { showDay } from "./week-choice";

/** What the board offers to the palette and the menu; each keeps its identity between renders. */
interface DayDeeds {
  today: () => void;
  print: () => void;
  book: () => void;
  seek: () => void;
  narrow: () => void;
  week: () => void;
  month: () => void;
  zoom: (steps: 1 | -1) => void;
}

/** Offers everything that the board does by its name. */
export function useDayCommands({ today, print, book, seek, narrow, week, month, zoom }: DayDeeds) {
  const t = useTranslations("day");
  const booking = useTranslations("booking");
  const free = useTranslations("free");
  const { may } = useSession();
  const commands = useMemo(
    () => [
      ...(may("book_visit")
        ? [
            { id: "new-visit", label: booking("new"), keys: "N", run: book },
            { id: "next-free", label: free("command"), keys: "F", run: seek },
          ]
        : []),
      { id: "today", label: t("today"), keys: "T", run: today },
      { id: "choose-date", label: t("chooseDate"), keys: "G", run: month },
      { id: "day-view", label: t("toDay"), keys: "D", run: showDay },
      { id: "week-view", label: t("toWeek"), keys: "W", run: week },
      { id: "narrow", label: t("narrow"), keys: "/", run: narrow },
      { id: "print", label: t("printSheet"), keys: "P", run: print },
      { id: "zoom-in", label: t("zoomIn"), keys: "+", run: () => zoom(1) },
      { id: "zoom-out", label: t("zoomOut"), keys: "−", run: () => zoom(-1) },
    ],
    [t, booking, free, may, today, print, book, seek, narrow, week, month, zoom],
  );
  useCommands(commands);
}
