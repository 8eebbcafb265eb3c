import { CalendarX2, Pin, TriangleAlert, Undo2, X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { SeriesEdit } from "../lib/api";
import { Button } from "../parts/button";
import { askNext, type Draft, isEdited, released, takeBack, unedited } from "./draft";

interface EditsBarProps {
  draft: Draft;
  edits: SeriesEdit[];
}

const marks = { pinned: Pin, "lost-pin": TriangleAlert, "left-out": CalendarX2 };

/** What was changed by hand or tried, each with the way back. */
export function EditsBar({ draft, edits }: EditsBarProps) {
  const t = useTranslations("seriesScreen");
  const { ask, initial } = draft;
  if (!isEdited(draft)) {
    return null;
  }
  return (
    <section
      aria-label={t("edits")}
      className="flex flex-wrap items-center gap-1.5 rounded-control border border-accent/50 bg-surface px-3 py-1.5"
    >
      <h3 className="mr-1 text-quiet text-small">{t("edits")}</h3>
      {edits.map((edit) => {
        const Mark = marks[edit.kind];
        return (
          <Edit
            key={`${edit.session.discipline} ${edit.session.week}`}
            isFault={edit.kind === "lost-pin"}
            back={t(edit.kind === "left-out" ? "bringBack" : "unpinNamed", { words: edit.words })}
            onBack={() => askNext(released(ask, edit.session))}
          >
            <Mark aria-hidden size={12} className="shrink-0" />
            <span>{edit.kind === "left-out" ? t("isLeftOut", { words: edit.words }) : edit.words}</span>
          </Edit>
        );
      })}
      {ask.tolerance_days !== initial.tolerance_days && ask.tolerance_days !== null && (
        <Edit
          back={t("takeBackNamed", { words: t("tolerance", { days: ask.tolerance_days }) })}
          onBack={() => askNext({ ...ask, tolerance_days: initial.tolerance_days })}
        >
          {t("tolerance", { days: ask.tolerance_days })}
        </Edit>
      )}
      {ask.max_wait_minutes !== initial.max_wait_minutes && ask.max_wait_minutes !== null && (
        <Edit
          back={t("takeBackNamed", { words: t("wait", { minutes: ask.max_wait_minutes }) })}
          onBack={() => askNext({ ...ask, max_wait_minutes: initial.max_wait_minutes })}
        >
          {t("wait", { minutes: ask.max_wait_minutes })}
        </Edit>
      )}
      {ask.within_cover && (
        <Edit
          back={t("takeBackNamed", { words: t("withinCover") })}
          onBack={() => askNext({ ...ask, within_cover: false })}
        >
          {t("withinCover")}
        </Edit>
      )}
      <span className="ml-auto flex gap-1.5">
        <Button keys="Control+Z" onPress={() => takeBack()}>
          <Undo2 aria-hidden size={14} className="mr-1.5" /> {t("takeBack")}
        </Button>
        <Button onPress={() => askNext(unedited(draft))}>{t("reset")}</Button>
      </span>
    </section>
  );
}

interface EditProps {
  children: React.ReactNode;
  /** The name of the button that takes it back. */
  back: string;
  isFault?: boolean;
  onBack: () => void;
}

function Edit({ children, back, isFault, onBack }: EditProps) {
  return (
    <span
      className={`flex min-h-6 items-center gap-1 rounded-control border bg-raised pl-2 text-small ${isFault ? "border-rule text-rule" : "border-hairline"}`}
    >
      {children}
      <AriaButton
        aria-label={back}
        onPress={onBack}
        className="flex size-6 shrink-0 items-center justify-center rounded-control outline-accent hover:text-ink focus-visible:outline-2"
      >
        <X aria-hidden size={12} />
      </AriaButton>
    </span>
  );
}
