import { parseDate } from "@internationalized/date";
import { useTranslations } from "use-intl";

import type { NearStart, PlaceView } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { Button } from "../../parts/button";

interface PlaceAnswerProps {
  /** What the rules say; nothing while there is nobody or nothing to book. */
  place: PlaceView | undefined;
  /** Whether `place` is still the answer to the question before. */
  isWaiting: boolean;
  /** The start that was asked about. */
  minute: number;
  error: Error | null;
  onNear: (near: NearStart) => void;
}

/** What the rules say of a place, and the nearest ones that would do. */
export function PlaceAnswer({ place, isWaiting, minute, error, onNear }: PlaceAnswerProps) {
  const t = useTranslations("booking");
  const { shortDate, time } = useTimes();
  const near =
    place && !isWaiting && place.state !== "legal"
      ? [place.before, place.after].filter((each) => each !== null)
      : [];
  return (
    <div className="min-h-5">
      <div role="status">
        {error ? (
          <p className="text-rule">{error.message}</p>
        ) : !place ? (
          <p className="text-quiet">{t("choose")}</p>
        ) : isWaiting ? null : place.state === "legal" ? (
          <p className="font-medium text-accent">
            {t("legal", { from: time(minute), to: time(place.to_minute) })}
          </p>
        ) : (
          <ul>
            {place.broken.map(({ words }) => (
              <li key={words} className="text-rule first-letter:uppercase">
                {words}
              </li>
            ))}
          </ul>
        )}
      </div>
      {near.length > 0 && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <span className="text-quiet text-small">{t("near")}</span>
          {near.map((each) => (
            <Button key={`${each.date} ${each.minute}`} onPress={() => onNear(each)}>
              {t("nearStart", { date: shortDate(parseDate(each.date)), time: time(each.minute) })}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
