import {
  CircleAlert,
  CircleCheck,
  CopyPlus,
  NotebookText,
  ShieldAlert,
  Sparkles,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import type { PractitionerVisit } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { StatusIcon } from "../parts/status-icon";

interface VisitCardProps {
  visit: PractitionerVisit;
  disciplines: string[];
  isNext: boolean;
  nowMinute: number | null;
}

/** A visit with all that the practitioner should know before it. */
export function VisitCard({ visit, disciplines, isNext, nowMinute }: VisitCardProps) {
  const t = useTranslations("myDay");
  const status = useTranslations("status");
  const { time } = useTimes();
  const { go } = useNavigation();
  const name = useNames();
  const privately = usePrivately();
  const look = disciplineLook(visit.discipline, disciplines);
  const Icon = look.icon;
  const isOff = visit.status === "cancelled" || visit.status === "noshow";
  const isOver = isOff || visit.status === "fulfilled";
  const position = visit.series_position;
  return (
    <li
      data-hue={look.hue}
      data-visit={visit.id}
      {...(isNext && { "aria-current": "true" })}
      className={`grid grid-cols-[64px_minmax(0,1fr)_auto] gap-x-3 rounded-control border px-3 py-2.5 ${
        isNext ? "border-accent bg-surface shadow-sm" : "border-hairline bg-surface"
      } ${isOver ? "bg-transparent" : ""}`}
    >
      <div className={`tabular-nums ${isOff ? "text-quiet line-through" : ""}`}>
        <p className="font-semibold text-title">{time(visit.from_minute)}</p>
        <p className="text-quiet">{time(visit.to_minute)}</p>
      </div>
      <div className="min-w-0">
        {isNext && <p className="font-semibold text-accent text-small">{when(visit, nowMinute, t)}</p>}
        <h2 className={`truncate font-semibold text-title ${isOff ? "text-quiet" : ""}`}>
          <button
            type="button"
            disabled={!visit.patient}
            onClick={() => go("patients", { patient: visit.patient })}
            className="min-h-6 max-w-full cursor-default truncate rounded-control text-left outline-accent hover:underline focus-visible:outline-2"
          >
            <bdi>{name(visit.patient_name)}</bdi>
          </button>
        </h2>
        <p className="flex items-center gap-1.5">
          <Icon aria-hidden size={14} className="shrink-0 text-hue-ink" />
          <span className="truncate">{[visit.service, visit.room].filter(Boolean).join(" · ")}</span>
        </p>
        {!isOff && (
          <ul className="mt-1 flex flex-col gap-1 empty:hidden">
            {visit.order && <Order visit={visit} />}
            {visit.note && (
              <Line icon={<NotebookText aria-hidden size={14} />}>
                <span className="select-text">{privately(visit.note)}</span>
              </Line>
            )}
            {visit.sensitivities.length > 0 && (
              <Line icon={<ShieldAlert aria-hidden size={14} className="text-rule" />}>
                {privately(visit.sensitivities.join("; "))}
              </Line>
            )}
            {visit.patient_notes && (
              <Line icon={<UserRound aria-hidden size={14} />}>
                <span className="line-clamp-3 select-text text-quiet">{privately(visit.patient_notes)}</span>
              </Line>
            )}
            {visit.override_reason && (
              <Line icon={<CopyPlus aria-hidden size={14} className="text-rule" />}>
                {t("overbooked", { reason: privately(visit.override_reason) })}
              </Line>
            )}
          </ul>
        )}
      </div>
      <div className="flex flex-col items-end gap-1 text-quiet text-small">
        <span
          className={`flex items-center gap-1.5 ${visit.status === "arrived" ? "rounded-control bg-accent px-1.5 py-0.5 font-semibold text-accent-ink [&_svg]:text-accent-ink" : ""}`}
        >
          <StatusIcon status={visit.status} /> {status(visit.status)}
        </span>
        {position && <span>{t("position", { number: position.number, of: position.of })}</span>}
        {visit.first_visit && !isOff && (
          <span className="flex items-center gap-1 font-semibold text-accent">
            <Sparkles aria-hidden size={14} /> {t("first")}
          </span>
        )}
      </div>
    </li>
  );
}

/** How the visit lies to the other treatment of its week. */
function Order({ visit }: { visit: PractitionerVisit }) {
  const t = useTranslations("myDay");
  const { shortDateTime } = useTimes();
  const { order } = visit;
  if (!order) {
    return null;
  }
  return (
    <Line
      icon={
        order.kept ? (
          <CircleCheck aria-hidden size={14} className="text-accent" />
        ) : (
          <CircleAlert aria-hidden size={14} className="text-rule" />
        )
      }
    >
      <span className="inline-block first-letter:uppercase">{order.text}</span>
      {order.other_start && (
        <span className="text-quiet">
          {" "}
          {t("other", { when: shortDateTime(order.other_start), name: order.other_practitioner ?? "" })}
        </span>
      )}
    </Line>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-1.5">
      <span className="mt-[3px] shrink-0 text-quiet">{icon}</span>
      <span className="min-w-0">{children}</span>
    </li>
  );
}

function when(
  visit: PractitionerVisit,
  now: number | null,
  t: ReturnType<typeof useTranslations<"myDay">>,
): string {
  if (now === null || visit.from_minute <= now) {
    return t("underWay");
  }
  const minutes = visit.from_minute - now;
  return minutes < 60 ? t("nextInMinutes", { minutes }) : t("next");
}
