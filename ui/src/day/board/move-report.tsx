import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { atFoot } from "../../frame/foot";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import type { Column } from "./columns";
import type { Moving } from "./moving";
import { type Move, usePlaceHeld } from "./use-moving";

/** How long the pointer rests on a place before it is said, in milliseconds: nobody follows every one on the way. */
const REST = 150;

interface MoveReportProps {
  move: Move;
  columns: readonly Column[];
}

/** Says aloud what a move would do, and shows how to end it. */
export function MoveReport({ move, columns }: MoveReportProps) {
  const t = useTranslations("move");
  const { time } = useTimes();
  const name = useNames();
  const { moving, verdict } = usePlaceHeld(move, columns);
  const words = !moving
    ? ""
    : t(moving.isResize ? "lasts" : "at", {
        time: time(moving.minute + (moving.isResize ? moving.minutes : 0)),
        name: columns.find(({ key }) => key === moving.column)?.name ?? "",
        state: verdict ? t(verdict.state, { words: verdict.words }) : t("outside"),
      });
  const isByPointer = moving?.grip !== undefined;
  return (
    <>
      <p role="status" className="sr-only">
        {useRested(words, isByPointer ? REST : 0)}
      </p>
      {moving && (
        <div
          ref={atFoot}
          className="pointer-events-none fixed bottom-4 left-1/2 z-30 flex w-max max-w-[92vw] -translate-x-1/2 flex-wrap items-center gap-x-4 gap-y-1 rounded-control border border-edge bg-surface px-3 py-2 shadow-lg"
        >
          <p>{t(moving.isResize ? "resizing" : "moving", { name: name(moving.appointment.patient_name) })}</p>
          <ul className="flex flex-wrap items-center gap-x-3 whitespace-nowrap text-quiet text-small">
            <Legend look="border-possible bg-possible/20">{t("legendLegal")}</Legend>
            <Legend look="border-unusual bg-unusual/20">{t("legendReason")}</Legend>
            <Legend look="border-edge bg-canvas">{t("legendIllegal")}</Legend>
          </ul>
        </div>
      )}
    </>
  );
}

/** Which visit is moved, and where to. */
export function MovedTo({ moving, columns }: { moving: Moving; columns: readonly Column[] }) {
  const { stretch } = useTimes();
  const name = useNames();
  const { appointment, minute, minutes } = moving;
  const over = columns.find(({ key }) => key === moving.column);
  return (
    <>
      <bdi className="font-semibold">{name(appointment.patient_name)}</bdi>
      <br />
      {stretch({ from_minute: minute, to_minute: minute + minutes })}
      {over && ` · ${over.name}`}
    </>
  );
}

function Legend({ look, children }: { look: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`size-3 rounded-[3px] border-l-3 ${look}`} />
      {children}
    </li>
  );
}

/** A text, once it has been the same for a while. */
function useRested(words: string, wait: number): string {
  const [rested, setRested] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setRested(words), wait);
    return () => clearTimeout(timer);
  }, [words, wait]);
  return wait === 0 ? words : rested;
}
