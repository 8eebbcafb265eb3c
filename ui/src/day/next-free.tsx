import { parseDate } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { atFoot } from "../frame/foot";
import { choose, usePreferences } from "../frame/preferences";
import type { FreeStart } from "../lib/api";
import { nextFreeQuery, servicesQuery } from "../lib/queries";
import { useEscape, useShortcuts } from "../lib/shortcuts";
import { useTimes } from "../lib/times";
import { Button } from "../parts/button";
import { Choice } from "../parts/fields";
import { practitionersQuery } from "../practitioner/queries";
import { NoService } from "./visit/no-service";

interface NextFreeProps {
  /** Where the search begins, as in `2026-11-23`. */
  date: string;
  /** With whom alone, if with somebody. */
  practitioner: string | null;
  onFound: (start: FreeStart) => void;
  onBook: (start: FreeStart, service: string) => void;
  onClose: () => void;
}

/** Leads from one free start for a service to the next. */
export function NextFree({ date, practitioner, onFound, onBook, onClose }: NextFreeProps) {
  const t = useTranslations("free");
  const { shortDate, time } = useTimes();
  const { freeService } = usePreferences();
  const [after, setAfter] = useState({ date, minute: 0 });
  const services = useQuery(servicesQuery());
  const offered =
    services.data?.filter(
      ({ practitioners }) => practitioner === null || practitioners.includes(practitioner),
    ) ?? [];
  const service = offered.find(({ id }) => id === freeService) ?? offered[0];
  const offersNothing = services.data !== undefined && service === undefined;
  const name = useQuery(practitionersQuery()).data?.find(({ id }) => id === practitioner)?.name;
  const query = useQuery({
    ...nextFreeQuery(service?.id ?? "", practitioner, after.date, after.minute),
    enabled: service !== undefined,
  });
  const start = query.data;
  const next = () => start && setAfter({ date: start.date, minute: start.minute });
  useEffect(() => {
    if (start) {
      onFound(start);
    }
  }, [start, onFound]);
  useShortcuts({ f: next });
  useEscape(true, onClose);
  return (
    <section
      ref={atFoot}
      aria-label={t("title")}
      className="fixed bottom-4 left-1/2 z-30 flex w-max max-w-[94vw] -translate-x-1/2 flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-edge bg-surface py-2 pr-2 pl-3 shadow-lg print:hidden"
    >
      <h2 className="whitespace-nowrap font-semibold">{t("title")}</h2>
      {offersNothing ? (
        <NoService practitioner={services.data?.length === 0 ? undefined : (name ?? "")} />
      ) : (
        <>
          <Choice
            label={t("service")}
            isBare
            className="w-56 max-lg:w-44"
            value={service?.id ?? ""}
            options={offered}
            onChange={(id) => {
              setAfter({ date, minute: 0 });
              choose({ freeService: id });
            }}
          />
          <p role="status" className="min-w-64 max-w-full truncate max-lg:min-w-48 max-sm:min-w-0">
            {query.error ? (
              <span className="text-rule">{query.error.message}</span>
            ) : start ? (
              <>
                <span className="font-semibold">
                  {shortDate(parseDate(start.date))}, {time(start.minute)}
                </span>{" "}
                {t("with", { name: start.practitioner_name })}
              </>
            ) : start === null ? (
              t("none")
            ) : (
              t("searching")
            )}
          </p>
          <Button keys="F" onPress={() => void next()} isDisabled={!start}>
            {t("next")}
          </Button>
          <Button isPrimary onPress={() => start && service && onBook(start, service.id)} isDisabled={!start}>
            {t("book")}
          </Button>
        </>
      )}
      <Button label={t("close")} onPress={onClose}>
        <X aria-hidden size={16} />
      </Button>
    </section>
  );
}
