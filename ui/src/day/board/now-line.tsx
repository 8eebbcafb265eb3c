import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { useTimes } from "../../lib/times";
import { useScale } from "./scale";

const minuteNow = () => {
  const now = new Date();
  return now.getHours() * 60 + now.getMinutes();
};

/** A line across the board at the present, on the day that it is. */
export function NowLine() {
  const t = useTranslations("day");
  const { time } = useTimes();
  const { top, shown } = useScale();
  const [minute, setMinute] = useState(minuteNow);
  useEffect(() => {
    const timer = setInterval(() => setMinute(minuteNow()), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (minute < shown.from_minute || minute > shown.to_minute) {
    return null;
  }
  return (
    <div
      role="img"
      aria-label={t("now", { time: time(minute) })}
      className="pointer-events-none absolute inset-x-0 z-10 h-px bg-rule before:absolute before:-top-[3px] before:-left-[3px] before:size-[7px] before:rounded-full before:bg-rule"
      style={{ top: top(minute) }}
    />
  );
}
