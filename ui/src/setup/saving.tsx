/** Saving a part of the clinic: first what it would hit, then the change, then a word that it is done. */

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { type AffectedVisit, type ClinicPart, partImpact, savePart } from "../lib/api";
import { useChange, useTellDone } from "../lib/changes";
import { useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";

interface Saving {
  /** Saves, unless visits would be hit and nobody has agreed to that yet. */
  save: (original: ClinicPart | null, edited: ClinicPart | null, onDone?: () => void) => void;
  error: Error | null;
  isPending: boolean;
  /** To be shown somewhere: asks whether the visits that are hit may be. */
  question: ReactNode;
}

/** The way a part is saved. */
export function useSaving(): Saving {
  const t = useTranslations("setup");
  const [asked, setAsked] = useState<{ hit: AffectedVisit[]; goOn: () => void }>();
  const tellDone = useTellDone();
  const change = useChange(
    ({ original, edited }: { original: ClinicPart | null; edited: ClinicPart | null; onDone: () => void }) =>
      savePart(original, edited),
    (_, { edited, onDone }) => {
      tellDone(t(edited ? "saved" : "removed"));
      onDone();
    },
  );
  const impact = useMutation({ mutationFn: partImpact, networkMode: "always" });
  const save = async (original: ClinicPart | null, edited: ClinicPart | null, onDone = () => {}) => {
    const goOn = () => {
      setAsked(undefined);
      change.mutate({ original, edited, onDone });
    };
    change.reset();
    impact.reset();
    try {
      const hit = edited && original ? await impact.mutateAsync(edited) : [];
      if (hit.length > 0) {
        setAsked({ hit, goOn });
      } else {
        goOn();
      }
    } catch {
      // The hook keeps the error for the form to show.
    }
  };
  return {
    save: (...values) => void save(...values),
    error: change.error ?? impact.error,
    isPending: change.isPending || impact.isPending,
    question: asked && (
      <Dialog title={t("hitTitle")} width="wide" isOpen onClose={() => setAsked(undefined)}>
        <div className="p-4">
          <p className="mb-3">{t("hitText", { count: asked.hit.length })}</p>
          <HitList hit={asked.hit} />
        </div>
        <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
          <Button onPress={() => setAsked(undefined)}>{t("back")}</Button>
          <Button isPrimary onPress={asked.goOn}>
            {t("saveAnyway")}
          </Button>
        </footer>
      </Dialog>
    ),
  };
}

/** Visits that would no longer fit, with whom to call. */
export function HitList({ hit }: { hit: AffectedVisit[] }) {
  const t = useTranslations("setup");
  const { shortDateTime } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  return (
    <ul
      aria-label={t("hitTitle")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-[44vh] divide-y divide-hairline overflow-y-auto border-hairline border-y outline-accent focus-visible:outline-2"
    >
      {hit.map(({ visit, patient_name, phone, why }) => (
        <li key={visit.id} className="grid grid-cols-[168px_minmax(0,1fr)_auto] gap-x-3 py-1.5">
          <span className="font-medium">{shortDateTime(visit.start)}</span>
          <span className="min-w-0">
            <bdi className="font-semibold">{name(patient_name)}</bdi>{" "}
            <span className="text-quiet">
              {visit.service} · {visit.practitioner}
            </span>
            <span className="block text-quiet text-small first-letter:uppercase">{why}</span>
          </span>
          <span className="select-text">{phone ? privately(phone) : t("noPhone")}</span>
        </li>
      ))}
    </ul>
  );
}

interface SaveBarProps {
  isChanged: boolean;
  isPending: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Save and discard, while there is something to save. */
export function SaveBar({ isChanged, isPending, onSave, onDiscard }: SaveBarProps) {
  const t = useTranslations("setup");
  return (
    <div className="sticky bottom-0 z-10 mt-6 flex items-center gap-2 border-hairline border-t bg-canvas py-3">
      <Button isPrimary isDisabled={!isChanged || isPending} onPress={onSave}>
        {t("save")}
      </Button>
      <Button isDisabled={!isChanged || isPending} onPress={onDiscard}>
        {t("discard")}
      </Button>
      <p role="status" className="text-quiet">
        {isChanged && t("unsaved")}
      </p>
    </div>
  );
}
