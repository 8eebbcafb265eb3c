import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { useTimes } from "../../lib/times";
import { currentMinute } from "../../lib/today";
import { useScale } from "./scale";

/** A line at the present, on the day that it is, below the visits; the first one is marked and told. */
export function NowLine({ isFirst }: { isFirst: boolean }) {
  const t = useTranslations("day");
  const { time } = useTimes();
  const { top, shown } = useScale();
  const [minute, setMinute] = useState(currentMinute);
  useEffect(() => {
    const timer = setInterval(() => setMinute(currentMinute()), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (minute < shown.from_minute || minute > shown.to_minute) {
    return null;
  }
  return (
    <div
      {...(isFirst
        ? { role: "img", "aria-label": t("now", { time: time(minute) }) }
        : { "aria-hidden": true })}
      className={`pointer-events-none absolute inset-x-0 h-0.5 -translate-y-px bg-rule ${isFirst ? "before:absolute before:-top-[3px] before:left-0 before:h-2 before:w-1.5 before:rounded-r-full before:bg-rule" : ""}`}
      style={{ top: top(minute) }}
    />
  );
}
