import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo } from "react";
import { Tooltip, TooltipTriggerStateContext } from "react-aria-components";
import { useTranslations } from "use-intl";

import { usePreferences } from "../../frame/preferences";
import type { DayDiscipline } from "../../lib/api";
import { disciplineLook } from "../../lib/disciplines";
import { visitQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useNames, usePrivately } from "../../lib/words";
import { StatusIcon } from "../../parts/status-icon";
import type { BoardVisit } from "./columns";
import { useMarks } from "./marks";
import type { Hovered } from "./use-hover";

interface HoverCardProps {
  hovered: Hovered;
  visit: BoardVisit;
  offered: DayDiscipline[];
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
}

/** Everything about a visit at a glance, beside it. */
export function HoverCard({ hovered, visit, offered, onClose, ...pointer }: HoverCardProps) {
  const t = useTranslations("hover");
  const status = useTranslations("status");
  const said = useTranslations("visit");
  const { stretch, shortDateTime } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  const { isPrivate } = usePreferences();
  const marks = useMarks();
  const words = useId();
  const { data, isPending } = useQuery(visitQuery(hovered.id));
  const { element } = hovered;
  useEffect(() => {
    element.setAttribute("aria-describedby", words);
    return () => element.removeAttribute("aria-describedby");
  }, [element, words]);
  const look = disciplineLook(
    visit.discipline,
    offered.map(({ id }) => id),
  );
  const position = visit.series_position;
  // The board says when it shows, not the tooltip itself.
  const state = useMemo(
    () => ({ isOpen: true, shouldSkipAnimation: true, open: () => {}, close: onClose }),
    [onClose],
  );
  const trigger = useMemo(() => ({ current: element }), [element]);
  // It is placed once, with all that it holds: one that grows later could stick out of the window.
  if (isPending) {
    return null;
  }
  return (
    <TooltipTriggerStateContext value={state}>
      <Tooltip
        key={hovered.id}
        triggerRef={trigger}
        placement="right top"
        offset={6}
        crossOffset={0}
        className="z-50 w-72 rounded-control border border-edge bg-surface shadow-xl"
      >
        <div id={words} data-hue={look.hue} data-hover={hovered.id} className="p-3" {...pointer}>
          <p className="font-semibold text-title">
            <bdi>{name(visit.patient_name)}</bdi>
          </p>
          <p className="mt-0.5 flex items-start gap-1.5">
            <look.icon aria-hidden size={14} className="mt-[3px] shrink-0 text-hue-ink" />
            <span>
              {stretch(visit)} · {visit.service}
            </span>
          </p>
          <p className="text-quiet">
            {[t("with", { name: visit.practitioner_name }), visit.room].filter(Boolean).join(" · ")}
          </p>
          <ul className="mt-2 flex flex-col gap-1 border-hairline border-t pt-2">
            {visit.status === "booked" && (
              <li className="flex items-center gap-1.5">
                <StatusIcon status="booked" />
                {status("booked")}
              </li>
            )}
            {marks(visit)
              .filter(({ id }) => id !== "note")
              .map(({ id, name: what, icon: Icon, status: stands, look: ink }) => (
                <li key={id} className="flex items-center gap-1.5">
                  {Icon ? (
                    <Icon aria-hidden size={14} className={ink} />
                  ) : (
                    stands && <StatusIcon status={stands} />
                  )}
                  {what}
                </li>
              ))}
            {position && (
              <li>
                <Progress number={position.number} of={position.of} />
                <span className="ml-1.5">
                  {said("position", { number: position.number, of: position.of })}
                </span>
              </li>
            )}
            {data?.series?.next && (
              <li className="text-quiet">{t("next", { when: shortDateTime(data.series.next) })}</li>
            )}
            {data?.override_reason && <li className="text-rule">{privately(data.override_reason)}</li>}
            {data?.cancel_reason && <li className="text-quiet">{privately(data.cancel_reason)}</li>}
            {data?.phone && !isPrivate && (
              <li className="select-text">{t("phone", { number: data.phone })}</li>
            )}
          </ul>
          {data?.note && (
            <p className="mt-2 line-clamp-4 whitespace-pre-line border-hairline border-t pt-2">
              {privately(data.note)}
            </p>
          )}
        </div>
      </Tooltip>
    </TooltipTriggerStateContext>
  );
}

/** How far a series is, drawn. */
function Progress({ number, of }: { number: number; of: number }) {
  return (
    <span
      aria-hidden
      className="inline-block h-1.5 w-16 overflow-hidden rounded-full bg-raised align-middle outline outline-edge"
    >
      <span className="block h-full bg-hue" style={{ width: `${(100 * number) / Math.max(of, 1)}%` }} />
    </span>
  );
}
