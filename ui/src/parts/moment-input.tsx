import { useEffect, useId, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";

import { type Moment, readMoment } from "../lib/moments";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";

interface MomentInputProps {
  label: string;
  /** The label is for screen readers alone. */
  isBare?: boolean;
  className?: string;
  placeholder?: string;
  typed: string;
  /** What is typed; nothing when the field is left. */
  onTyped: (typed: string | undefined) => void;
  onMoment: (moment: Moment) => void;
  /** Whether only Enter takes what was understood, and not leaving the field. */
  isEnterOnly?: boolean;
}

/** A date, and perhaps a time, in words such as `tue 4pm` or `+2w`; what is understood stands below. */
export function MomentInput(props: MomentInputProps) {
  const { label, isBare, className, placeholder, typed, onTyped, onMoment, isEnterOnly } = props;
  const t = useTranslations("moment");
  const language = useLocale();
  const { shortDate, time } = useTimes();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const field = input.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  const moment = readMoment(typed, currentDate(), language);
  const isWrong = typed.trim() !== "" && !moment;
  const words = moment
    ? [moment.date && shortDate(moment.date), moment.minute !== undefined && time(moment.minute)]
        .filter(Boolean)
        .join(", ")
    : typed.trim() === ""
      ? t("example")
      : t("unclear");
  const take = () => {
    if (moment) {
      onMoment(moment);
    }
  };
  return (
    <div className={`relative ${className ?? ""}`}>
      <label htmlFor={id} className={isBare ? "sr-only" : "mb-1 block text-quiet text-small"}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        value={typed}
        aria-describedby={`${id}-words`}
        placeholder={placeholder}
        autoComplete="off"
        className="h-8 w-full select-text rounded-control border border-edge bg-surface px-2 outline-accent focus:outline-2 focus:-outline-offset-1"
        onChange={(event) => onTyped(event.target.value)}
        onBlur={() => {
          if (!isEnterOnly) {
            take();
          }
          onTyped(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            // The form goes on only with what was understood.
            event.preventDefault();
            if (moment) {
              take();
              onTyped(undefined);
            }
          } else if (event.key === "Escape" && typed !== "") {
            event.preventDefault();
            event.stopPropagation();
            onTyped(undefined);
          }
        }}
      />
      <p
        id={`${id}-words`}
        role="status"
        className={`mt-1 text-small ${isWrong ? "text-rule" : "text-quiet"}`}
      >
        {words}
      </p>
    </div>
  );
}
