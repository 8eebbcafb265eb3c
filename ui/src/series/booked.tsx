import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import { usePreferences } from "../frame/preferences";
import { ClinicError } from "../lib/api";
import { Button } from "../parts/button";
import { State } from "../parts/state";
import { CardDialog, cardQuery } from "./card-dialog";
import { type Draft, forget, noteUnbooked } from "./draft";

interface BookedProps {
  draft: Draft;
  booked: NonNullable<Draft["booked"]>;
}

/** What was booked, and what comes next. */
export function Booked({ draft, booked }: BookedProps) {
  const t = useTranslations("seriesScreen");
  const card = useTranslations("seriesCard");
  const { go } = useNavigation();
  const [isCardOpen, setIsCardOpen] = useState(false);
  const { error } = useQuery(cardQuery(booked.series, usePreferences().language));
  const isGone = error instanceof ClinicError && error.code === "not-found";
  useEffect(() => {
    // Taken back, here or elsewhere: there is nothing to give a card of, but something to plan again.
    if (isGone) {
      noteUnbooked(booked.series);
    }
  }, [isGone, booked.series]);
  return (
    <State
      title={t("bookedTitle", { count: booked.visits })}
      icon={<CircleCheck aria-hidden size={28} className="text-accent" />}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button isPrimary autoFocus onPress={() => setIsCardOpen(true)}>
            {card("open")}
          </Button>
          {booked.first && (
            <Button onPress={() => go("day", { date: booked.first ?? "" })}>{t("toFirstVisit")}</Button>
          )}
          <Button onPress={() => go("patients", { patient: draft.ask.patient })}>{t("toRecord")}</Button>
          <Button onPress={forget}>{t("another")}</Button>
        </div>
      }
    >
      {t("bookedAdvice")}
      {isCardOpen && <CardDialog series={booked.series} onClose={() => setIsCardOpen(false)} />}
    </State>
  );
}
