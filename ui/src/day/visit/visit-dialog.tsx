import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type Dispatch, type SetStateAction, useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { useNavigation } from "../../frame/navigation";
import { usePreferences } from "../../frame/preferences";
import { type Change, type DayStatus, putNote, putStatus, type VisitView } from "../../lib/api";
import { visitQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useLeaving } from "../../lib/use-leaving";
import { useNames, usePrivately } from "../../lib/words";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Differences } from "../../parts/differences";
import { NotesInput, TextInput } from "../../parts/fields";
import { LeaveQuestion } from "../../parts/form-footer";
import { Failure, Loading } from "../../parts/state";
import { StatusIcon } from "../../parts/status-icon";
import { useSession } from "../../session/session";

interface VisitDialogProps {
  id: string;
  /** Whether it opens where the reason for calling off is asked. */
  isCancelling: boolean;
  onClose: () => void;
  /** Starts choosing another place for the visit. */
  onMove: () => void;
}

/** Everything about one visit, and what the desk does with it. */
export function VisitDialog({ id, isCancelling, onClose, onMove }: VisitDialogProps) {
  const t = useTranslations("card");
  const query = useQuery(visitQuery(id));
  const visit = query.data;
  const [typed, setTyped] = useState<TypedNote>();
  const [cancelling, setCancelling] = useState<Cancelling>({ isAsked: isCancelling, reason: "" });
  const isNoteTyped = typed !== undefined && typed.note !== visit?.note;
  // A visit that is called off already needs no reason any more.
  const isReasonTyped =
    cancelling.isAsked && cancelling.reason.trim() !== "" && visit?.status !== "cancelled";
  const leaving = useLeaving(isNoteTyped || isReasonTyped, onClose);
  return (
    <Dialog title={t("title")} isOpen onClose={leaving.leave}>
      {visit ? (
        <VisitCardBody
          visit={visit}
          typed={typed}
          onTyped={setTyped}
          cancelling={cancelling}
          onCancelling={setCancelling}
          leaving={leaving}
          onMove={onMove}
        />
      ) : query.error ? (
        <Failure error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

/** A note as it is typed. */
interface TypedNote {
  note: string;
  /** The one that was kept when the typing began. */
  over: string;
}

/** Whether the reason for calling off is asked, and what is typed as such. */
interface Cancelling {
  isAsked: boolean;
  reason: string;
}

/** Does something to a visit; what was kept of it is shown at once, however long reading everything again takes. */
function useVisitDeed(id: string) {
  const client = useQueryClient();
  const deed = useDeed();
  return (change: () => Promise<Change>, kept: Partial<VisitView>, onKept?: () => void) =>
    deed(async () => {
      const made = await change();
      const { queryKey } = visitQuery(id);
      // An answer that is still on its way is of before the change.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (shown) => shown && { ...shown, ...kept });
      onKept?.();
      return made;
    }, id);
}

interface StatusProps {
  visit: VisitView;
  cancelling: Cancelling;
  onCancelling: (next: Cancelling) => void;
}

interface BodyProps extends StatusProps {
  /** None typed is the note as it is kept. */
  typed: TypedNote | undefined;
  onTyped: Dispatch<SetStateAction<TypedNote | undefined>>;
  leaving: ReturnType<typeof useLeaving>;
  onMove: () => void;
}

function VisitCardBody({ visit, typed, onTyped, cancelling, onCancelling, leaving, onMove }: BodyProps) {
  const t = useTranslations("card");
  const status = useTranslations("status");
  const { date, stretch } = useTimes();
  const { go } = useNavigation();
  const name = useNames()(visit.patient_name);
  const privately = usePrivately();
  const { isPrivate } = usePreferences();
  const deed = useVisitDeed(visit.id);
  const { may } = useSession();
  const [isNoteShown, setIsNoteShown] = useState(false);
  const note = typed?.note ?? visit.note;
  // Somebody else may have written another one while this one was being typed.
  const isMet = typed !== undefined && visit.note !== typed.over && visit.note !== typed.note;
  return (
    <>
      <div className="flex flex-col gap-3 p-4">
        <div>
          <p className="font-semibold text-title">
            <bdi>{name}</bdi>
          </p>
          <p className="first-letter:uppercase">
            {date(visit.date)}, {stretch(visit)}
          </p>
          <p className="text-quiet">
            {[visit.service, t("with", { name: visit.practitioner_name }), visit.room]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <p className="mt-1 flex items-center gap-1.5">
            <StatusIcon status={visit.status} />
            {status(visit.status)}
            {visit.phone && <span className="ml-3 select-text text-quiet">{privately(visit.phone)}</span>}
          </p>
          {visit.override_reason && (
            <p className="mt-1 text-rule">{t("deliberate", { reason: privately(visit.override_reason) })}</p>
          )}
          {visit.cancel_reason && (
            <p className="mt-1 text-quiet">{t("cancelled", { reason: privately(visit.cancel_reason) })}</p>
          )}
        </div>
        <StatusButtons visit={visit} cancelling={cancelling} onCancelling={onCancelling} />
        {isMet && (
          <Differences
            rows={[
              {
                field: "note",
                label: t("note"),
                theirs: privately(visit.note),
                onTake: () => onTyped(undefined),
              },
            ]}
          />
        )}
        {isPrivate && visit.note && !isNoteShown && !typed ? (
          <div className="flex items-center justify-between gap-3">
            <p>
              <span className="mr-3 text-quiet text-small">{t("note")}</span>
              {privately(visit.note)}
            </p>
            <Button onPress={() => setIsNoteShown(true)}>{t("showNote")}</Button>
          </div>
        ) : visit.patient ? (
          <NotesInput
            label={t("note")}
            rows={3}
            value={note}
            onChange={(next) => onTyped({ note: next, over: typed?.over ?? visit.note })}
          />
        ) : null}
        {note !== visit.note && (
          <div className="flex justify-end">
            <Button
              isPrimary
              onPress={() =>
                deed(
                  () => putNote(visit.id, visit.note, note),
                  { note },
                  // What was typed on meanwhile is not saved yet.
                  () => onTyped((now) => (now && now.note !== note ? { ...now, over: note } : undefined)),
                )
              }
            >
              {t("saveNote")}
            </Button>
          </div>
        )}
      </div>
      <footer className="flex items-center gap-2 border-hairline border-t px-4 py-3">
        {leaving.isAsked ? (
          <LeaveQuestion leaving={leaving} />
        ) : (
          <>
            {visit.patient && (
              <Button onPress={() => leaving.leaveBy(() => go("patients", { patient: visit.patient }))}>
                {t("openPatient")}
              </Button>
            )}
            {may("place_visit") && <Button onPress={() => leaving.leaveBy(onMove)}>{t("move")}</Button>}
            <span className="ml-auto" />
            <Button onPress={leaving.leave}>{t("close")}</Button>
          </>
        )}
      </footer>
    </>
  );
}

const marks: Extract<DayStatus, "arrived" | "fulfilled" | "noshow">[] = ["arrived", "fulfilled", "noshow"];

/** Where the visit stands; pressing what it is takes it back to booked. */
function StatusButtons({ visit, cancelling, onCancelling }: StatusProps) {
  const t = useTranslations("card");
  const deed = useVisitDeed(visit.id);
  const { may } = useSession();
  const [isBusy, setIsBusy] = useState(false);
  const { isAsked, reason } = cancelling;
  const put = (status: DayStatus) => deed(() => putStatus(visit.id, status), { status });
  const cancel = async () => {
    if (!reason.trim() || isBusy) {
      return;
    }
    setIsBusy(true);
    // Where it is refused, what was typed is still there.
    await deed(
      () => putStatus(visit.id, "cancelled", reason),
      { status: "cancelled", cancel_reason: reason },
      () => onCancelling({ isAsked: false, reason: "" }),
    );
    setIsBusy(false);
  };
  if (visit.status === "cancelled") {
    return may("cancel_visit") ? (
      <div>
        <Button isPrimary onPress={() => put("booked")}>
          {t("backToBooked")}
        </Button>
      </div>
    ) : null;
  }
  if (isAsked) {
    return (
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void cancel();
        }}
      >
        <TextInput
          label={t("cancelReason")}
          value={reason}
          onChange={(typed) => onCancelling({ isAsked, reason: typed })}
          autoFocus
          isRequired
          className="flex-1"
        />
        <Button onPress={() => onCancelling({ isAsked: false, reason })}>{t("keep")}</Button>
        <Button isPrimary type="submit" isDisabled={!reason.trim() || isBusy}>
          {t("cancelNow")}
        </Button>
      </form>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {marks.map((status) => (
        <Button
          key={status}
          isPressed={visit.status === status}
          onPress={() => put(visit.status === status ? "booked" : status)}
        >
          <span className="flex items-center gap-1.5">
            <StatusIcon status={status} />
            {t(status)}
          </span>
        </Button>
      ))}
      {may("cancel_visit") && (
        <Button onPress={() => onCancelling({ isAsked: true, reason })}>{t("cancel")}</Button>
      )}
    </div>
  );
}
