/** Saving a part of the clinic: first what it would hit, then the change, then a word that it is done. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import { type AffectedVisit, ClinicError, type ClinicPart, partImpact, savePart } from "../lib/api";
import { useChange } from "../lib/changes";
import { askOnce } from "../lib/refresh";
import { together } from "../lib/three-way";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Differences } from "../parts/differences";
import { Refused } from "../parts/state";
import type { useDraft } from "./drafts";
import { HitList } from "./hit-list";
import { useShowMisplaced } from "./misplaced-section";
import { presentPart, usePartWords } from "./part-words";
import { setupQuery } from "./queries";

interface SavingOptions {
  /** The part as it is being edited. */
  edited: ClinicPart;
  /** Goes on from what somebody else has made of the part meanwhile. */
  onMerged: (original: ClinicPart, edited: ClinicPart) => void;
}

interface Saving {
  /** Saves, unless visits would be hit and nobody has agreed to that yet. */
  save: (original: ClinicPart | null, edited: ClinicPart | null, onDone?: () => void) => void;
  isPending: boolean;
  /** Above the form: why it was refused, or what somebody else has changed meanwhile. */
  notice: ReactNode;
  /** To be shown somewhere: asks whether the visits that are hit may be. */
  question: ReactNode;
}

interface Values {
  original: ClinicPart | null;
  edited: ClinicPart | null;
  hits: boolean;
  onDone: () => void;
}

/** The way a part is saved. */
export function useSaving({ edited: mine, onMerged }: SavingOptions): Saving {
  const t = useTranslations("setup");
  const client = useQueryClient();
  const words = usePartWords();
  const showMisplaced = useShowMisplaced();
  const [asked, setAsked] = useState<{ hit: AffectedVisit[]; goOn: () => void }>();
  const [clash, setClash] = useState<{ theirs: ClinicPart; fields: string[] }>();
  const tellDone = useTellDone();
  const change = useChange(
    ({ original, edited }: Values) => savePart(original, edited),
    (saved, { edited, hits, onDone }) => {
      setClash(undefined);
      tellDone(t(edited ? "saved" : "removed"), saved);
      onDone();
      if (hits) {
        showMisplaced();
      }
    },
  );
  const impact = useMutation({ mutationFn: partImpact, networkMode: "always" });

  const put = async (values: Values) => {
    try {
      await change.mutateAsync(values);
    } catch (error) {
      const { original, edited } = values;
      const isMeanwhile = error instanceof ClinicError && error.code === "changed-meanwhile";
      if (!isMeanwhile || !original || !edited) {
        return;
      }
      // Saving again is then a decision against what is there now, field by field.
      const now = await askOnce(client, { ...setupQuery(), staleTime: 0 }).catch(() => undefined);
      const theirs = now && presentPart(now, edited);
      if (theirs) {
        const { form, clashes } = together<object>(original.form, edited.form, theirs.form);
        onMerged(theirs, { ...edited, form } as ClinicPart);
        setClash({ theirs, fields: clashes });
      }
    }
  };
  const save = async (original: ClinicPart | null, edited: ClinicPart | null, onDone = () => {}) => {
    change.reset();
    impact.reset();
    try {
      const hit = edited && original ? await impact.mutateAsync(edited) : [];
      const goOn = () => {
        setAsked(undefined);
        void put({ original, edited, hits: hit.length > 0, onDone });
      };
      if (hit.length > 0) {
        setAsked({ hit, goOn });
      } else {
        goOn();
      }
    } catch {
      // The hook keeps the error for the form to show.
    }
  };
  const take = (field: string) => {
    if (clash) {
      const form = { ...mine.form, [field]: Reflect.get(clash.theirs.form, field) };
      onMerged(clash.theirs, { ...mine, form } as ClinicPart);
      setClash({ ...clash, fields: clash.fields.filter((other) => other !== field) });
    }
  };

  return {
    save: (...values) => void save(...values),
    isPending: change.isPending || impact.isPending,
    notice: clash ? (
      <Differences
        rows={clash.fields.flatMap((field) => {
          const said = words(clash.theirs)[field];
          return said ? [{ field, label: said.label, theirs: said.said, onTake: () => take(field) }] : [];
        })}
      />
    ) : (
      <Refused error={change.error ?? impact.error} />
    ),
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

interface SaveBarProps {
  isChanged: boolean;
  isPending: boolean;
  onSave: () => void;
  onDiscard: () => void;
  children?: ReactNode;
}

/** Save and discard, while there is something to save. */
export function SaveBar({ isChanged, isPending, onSave, onDiscard, children }: SaveBarProps) {
  const t = useTranslations("setup");
  const bar = useRef<HTMLDivElement>(null);
  const state = useRef<HTMLParagraphElement>(null);
  useKeyboardAfter(isChanged, bar, state);
  return (
    <div
      ref={bar}
      className="sticky bottom-0 z-10 mt-6 flex items-center gap-2 border-hairline border-t bg-canvas py-3"
    >
      <Button isPrimary isDisabled={!isChanged || isPending} onPress={onSave}>
        {t("save")}
      </Button>
      <Button isDisabled={!isChanged || isPending} onPress={onDiscard}>
        {t("discard")}
      </Button>
      {children}
      <p ref={state} tabIndex={-1} role="status" className="text-quiet outline-none">
        {isChanged && t("unsaved")}
      </p>
    </div>
  );
}

/**
 * Keeps the keyboard at the bar once nothing is left to save: its buttons cannot be pressed then, and the keyboard would
 * fall to the top of the page.
 */
function useKeyboardAfter(
  isChanged: boolean,
  bar: RefObject<HTMLElement | null>,
  state: RefObject<HTMLElement | null>,
) {
  const wasChanged = useRef(isChanged);
  useEffect(() => {
    const isDone = wasChanged.current && !isChanged;
    wasChanged.current = isChanged;
    if (!isDone) {
      return;
    }
    // A dialog that asked about the change gives the keyboard back in the next picture.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const at = document.activeElement;
        if (at === document.body || bar.current?.contains(at)) {
          state.current?.focus();
        }
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [isChanged, bar, state]);
}

interface SaveDraftProps {
  draft: ReturnType<typeof useDraft<ClinicPart>>;
  saving: Saving;
}

/** Save and discard for the draft of a part, and the question that saving may bring up. */
export function SaveDraft({ draft, saving }: SaveDraftProps) {
  return (
    <>
      <SaveBar
        isChanged={draft.isChanged}
        isPending={saving.isPending}
        onDiscard={draft.discard}
        onSave={() => saving.save(draft.original, draft.edited, draft.discard)}
      />
      {saving.question}
    </>
  );
}
