import { useTranslations } from "use-intl";

import { useNavigation } from "../frame/navigation";
import type { JournalLine } from "../lib/api";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { useExactly } from "./journal-list";

/** One entry of the journal, whole. */
export function JournalDialog({ line, onClose }: { line: JournalLine; onClose: () => void }) {
  const t = useTranslations("journal");
  const exactly = useExactly();
  const name = useNames();
  const privately = usePrivately();
  const { go } = useNavigation();
  return (
    <Dialog title={t("entry", { number: line.entry })} width="wide" isOpen onClose={onClose}>
      <div className="select-text px-4 py-3">
        <p className="font-semibold text-title">{line.what}</p>
        <p className="text-quiet">
          {exactly(line.at)} · <bdi>{line.person}</bdi>
        </p>
        {line.about.length > 0 && (
          <ul aria-label={t("patients")} className="mt-3 flex flex-wrap gap-2">
            {line.about.map((patient) => (
              <li key={patient.id} className="flex min-w-0 max-w-full">
                <Button onPress={() => go("patients", { patient: patient.id })}>
                  <bdi className="truncate">{name(patient.name)}</bdi>
                </Button>
              </li>
            ))}
            {line.more_patients && <li className="self-center">…</li>}
          </ul>
        )}
        {line.details.length > 0 && (
          <ul className="mt-3 flex list-disc flex-col gap-1 pl-5">
            {line.details.map((detail) => (
              <li key={detail} className="break-words">
                <bdi>{privately(detail)}</bdi>
              </li>
            ))}
          </ul>
        )}
        {line.reason && (
          <p className="mt-3 break-words">
            <span className="text-quiet">{t("reason")} </span>
            <bdi>{line.reason}</bdi>
          </p>
        )}
        <p className="mt-3 text-quiet text-small">{t("records", { count: line.records })}</p>
      </div>
    </Dialog>
  );
}
