import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { useNavigation } from "../../frame/navigation";
import { usePreferences } from "../../frame/preferences";
import { type DayStatus, putNote, putStatus, type VisitView } from "../../lib/api";
import { visitQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useUnsaved } from "../../lib/unsaved";
import { useLeaving } from "../../lib/use-leaving";
import { useNames, usePrivately } from "../../lib/words";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
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
  const [isTyped, setIsTyped] = useState(false);
  const leaving = useLeaving(isTyped, onClose);
  return (
    <Dialog title={t("title")} isOpen onClose={leaving.leave}>
      {query.data ? (
        <VisitCardBody
          key={id}
          visit={query.data}
          isCancelling={isCancelling}
          leaving={leaving}
          onTyped={setIsTyped}
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

interface BodyProps {
  visit: VisitView;
  isCancelling: boolean;
  leaving: ReturnType<typeof useLeaving>;
  /** Told whether a note is typed that is not saved. */
  onTyped: (isTyped: boolean) => void;
  onMove: () => void;
}

function VisitCardBody({ visit, isCancelling, leaving, onTyped, onMove }: BodyProps) {
  const t = useTranslations("card");
  const status = useTranslations("status");
  const { date, stretch } = useTimes();
  const { go } = useNavigation();
  const name = useNames()(visit.patient_name);
  const privately = usePrivately();
  const { isPrivate } = usePreferences();
  const deed = useDeed();
  const { may } = useSession();
  const [note, setNote] = useState(visit.note);
  const [isNoteShown, setIsNoteShown] = useState(false);
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
        <StatusButtons visit={visit} isCancelling={isCancelling} />
        {isPrivate && visit.note && !isNoteShown ? (
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
            onChange={(changed) => {
              setNote(changed);
              onTyped(changed !== visit.note);
            }}
          />
        ) : null}
        {note !== visit.note && (
          <div className="flex justify-end">
            <Button
              isPrimary
              onPress={async () => {
                if (await deed(() => putNote(visit.id, note))) {
                  onTyped(false);
                }
              }}
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
function StatusButtons({ visit, isCancelling }: Pick<BodyProps, "visit" | "isCancelling">) {
  const t = useTranslations("card");
  const deed = useDeed();
  const { may } = useSession();
  const [reason, setReason] = useState(isCancelling ? "" : undefined);
  useUnsaved((reason ?? "").trim() !== "");
  const put = (status: DayStatus, why = "") => void deed(() => putStatus(visit.id, status, why));
  if (visit.status === "cancelled") {
    return may("cancel_visit") ? (
      <div>
        <Button isPrimary onPress={() => put("booked")}>
          {t("backToBooked")}
        </Button>
      </div>
    ) : null;
  }
  if (reason !== undefined) {
    return (
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) {
            put("cancelled", reason);
            setReason(undefined);
          }
        }}
      >
        <TextInput
          label={t("cancelReason")}
          value={reason}
          onChange={setReason}
          autoFocus
          isRequired
          className="flex-1"
        />
        <Button onPress={() => setReason(undefined)}>{t("keep")}</Button>
        <Button isPrimary type="submit" isDisabled={!reason.trim()}>
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
      {may("cancel_visit") && <Button onPress={() => setReason("")}>{t("cancel")}</Button>}
    </div>
  );
}
