import { memo } from "react";

import { useTimes } from "../../lib/times";
import { useScale } from "./scale";

/** The hours beside the columns. */
export const Hours = memo(function Hours() {
  const { shown, top, height } = useScale();
  const { shortTime } = useTimes();
  const hours = [];
  for (let minute = shown.from_minute; minute < shown.to_minute; minute += 60) {
    hours.push(minute);
  }
  return (
    <div aria-hidden className="sticky left-0 z-20 bg-canvas" style={{ height }}>
      {hours.map((minute) => (
        <span
          key={minute}
          className="absolute right-2 whitespace-nowrap text-quiet text-small tabular-nums"
          style={{ top: top(minute) + (minute === shown.from_minute ? 2 : -8) }}
        >
          {shortTime(minute)}
        </span>
      ))}
    </div>
  );
});
