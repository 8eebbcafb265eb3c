import { CalendarOff, CalendarX2, TriangleAlert, UserRoundPlus } from "lucide-react";
import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { errorInWords } from "../lib/errors";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { State, useIsLong } from "../parts/state";

/** Says that the clinic is being opened, once that has taken a moment. */
export function DayLoading() {
  const t = useTranslations("day");
  const isLong = useIsLong();
  return <State title={isLong ? t("opening") : ""}>{isLong && t("openingAdvice")}</State>;
}

interface DayEmptyProps {
  view: DayView;
  onNext: () => void;
  /** The way to the first practitioner, where nobody treats in the clinic yet. */
  onAdd?: () => void;
}

/** A day with nobody at work and nothing booked. */
export function DayEmpty({ view, onNext, onAdd }: DayEmptyProps) {
  const { closed, date } = view;
  const t = useTranslations("day");
  const setup = useTranslations("setup");
  const { weekday } = useTimes();
  if (onAdd) {
    return (
      <State
        data-empty={date}
        icon={<UserRoundPlus aria-hidden size={28} />}
        title={setup("noPractitioners")}
        action={
          <Button isPrimary onPress={onAdd}>
            {setup("addPractitioner")}
          </Button>
        }
      >
        {setup("noPractitionersAdvice")}
      </State>
    );
  }
  return (
    <State
      data-empty={date}
      icon={closed === null ? <CalendarOff aria-hidden size={28} /> : <CalendarX2 aria-hidden size={28} />}
      title={closed === null ? t("nobody", { weekday: weekday(date) }) : t("closedTitle", { name: closed })}
      action={<Button onPress={onNext}>{t("next")}</Button>}
    >
      {t("emptyAdvice")}
    </State>
  );
}

/** Why the day cannot be shown and what to do about it. */
export function DayFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("errors");
  const { title, advice } = errorInWords(error, t);
  return (
    <State
      role="alert"
      icon={<TriangleAlert aria-hidden size={28} className="text-rule" />}
      title={title}
      action={
        <Button isPrimary onPress={onRetry}>
          {t("tryAgain")}
        </Button>
      }
    >
      {advice}
    </State>
  );
}
