import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { useDeed } from "../../frame/journal";
import { useNavigation } from "../../frame/navigation";
import { type DayStatus, putNote, putStatus, type VisitView } from "../../lib/api";
import { visitQuery } from "../../lib/queries";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { NotesInput, TextInput } from "../../parts/fields";
import { Failure, Loading } from "../../parts/state";
import { StatusIcon } from "../../parts/status-icon";

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
  return (
    <Dialog title={t("title")} isOpen onClose={onClose}>
      {query.data ? (
        <VisitCardBody
          key={id}
          visit={query.data}
          isCancelling={isCancelling}
          onClose={onClose}
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
  onClose: () => void;
  onMove: () => void;
}

function VisitCardBody({ visit, isCancelling, onClose, onMove }: BodyProps) {
  const t = useTranslations("card");
  const status = useTranslations("status");
  const { date, stretch } = useTimes();
  const { go } = useNavigation();
  const name = useNames()(visit.patient_name);
  const deed = useDeed();
  const [note, setNote] = useState(visit.note);
  return (
    <>
      <div className="flex flex-col gap-3 p-4">
        <div>
          <p className="font-semibold text-title">
            <bdi>{name}</bdi>
          </p>
          <p>
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
            {visit.phone && <span className="ml-3 select-text text-quiet">{visit.phone}</span>}
          </p>
          {visit.override_reason && (
            <p className="mt-1 text-rule">{t("deliberate", { reason: visit.override_reason })}</p>
          )}
          {visit.cancel_reason && (
            <p className="mt-1 text-quiet">{t("cancelled", { reason: visit.cancel_reason })}</p>
          )}
        </div>
        <StatusButtons visit={visit} isCancelling={isCancelling} />
        <NotesInput label={t("note")} rows={3} value={note} onChange={setNote} />
        {note !== visit.note && (
          <div className="flex justify-end">
            <Button isPrimary onPress={() => void deed(() => putNote(visit.id, note))}>
              {t("saveNote")}
            </Button>
          </div>
        )}
      </div>
      <footer className="flex items-center gap-2 border-hairline border-t px-4 py-3">
        <Button onPress={() => go("patients", { patient: visit.patient })}>{t("openPatient")}</Button>
        <Button onPress={onMove}>{t("move")}</Button>
        <span className="ml-auto" />
        <Button onPress={onClose}>{t("close")}</Button>
      </footer>
    </>
  );
}

const marks: Extract<DayStatus, "arrived" | "fulfilled" | "noshow">[] = ["arrived", "fulfilled", "noshow"];

/** Where the visit stands; pressing what it is takes it back to booked. */
function StatusButtons({ visit, isCancelling }: Pick<BodyProps, "visit" | "isCancelling">) {
  const t = useTranslations("card");
  const deed = useDeed();
  const [reason, setReason] = useState(isCancelling ? "" : undefined);
  const put = (status: DayStatus, why = "") => void deed(() => putStatus(visit.id, status, why));
  if (visit.status === "cancelled") {
    return (
      <div>
        <Button isPrimary onPress={() => put("booked")}>
          {t("backToBooked")}
        </Button>
      </div>
    );
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
      <Button onPress={() => setReason("")}>{t("cancel")}</Button>
    </div>
  );
}
