import { CalendarOff, CalendarX2, TriangleAlert, UserRoundPlus } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import type { DayView } from "../lib/api";
import { errorInWords } from "../lib/errors";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";

/** Waits a moment before it says that the clinic is being opened, since most reads are over by then. */
export function DayLoading() {
  const t = useTranslations("day");
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
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

interface StateProps {
  title: string;
  children: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
  "data-empty"?: string;
}

function State({ title, children, icon, action, role = "status", ...marks }: StateProps) {
  return (
    <div
      {...marks}
      role={role}
      className="flex h-full flex-col items-center justify-center gap-2 px-8 text-center"
    >
      <span className="text-quiet">{icon}</span>
      <h2 className="font-semibold text-title">{title}</h2>
      <p className="max-w-[52ch] select-text text-balance text-quiet">{children}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
