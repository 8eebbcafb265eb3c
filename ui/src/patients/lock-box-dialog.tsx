import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { type LockBoxView, putLockBox } from "../lib/api";
import { useChange } from "../lib/changes";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Checks } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { lockBoxQuery } from "../session/queries";
import { useSession } from "../session/session";

interface LockBoxDialogProps {
  patient: string;
  onClose: () => void;
}

/** Who may see a patient's record, where the patient wishes that not everybody does. */
export function LockBoxDialog({ patient, onClose }: LockBoxDialogProps) {
  const t = useTranslations("lockBox");
  const query = useQuery(lockBoxQuery(patient));
  return (
    <Dialog title={t("title")} isOpen onClose={onClose}>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => query.refetch()} />
      ) : query.data ? (
        <Choosing patient={patient} view={query.data} onClose={onClose} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function Choosing({ patient, view, onClose }: LockBoxDialogProps & { view: LockBoxView }) {
  const t = useTranslations("lockBox");
  const { user } = useSession();
  const [users, setUsers] = useState(view.is_closed ? view.users : user ? [user.id] : []);
  const put = useChange(
    (named: string[] | null) => putLockBox(patient, named),
    (_, named) => {
      tell({ text: t(named ? "closed" : "opened") });
      onClose();
    },
  );
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (!put.isPending) {
          put.mutate(users);
        }
      }}
    >
      <div className="flex flex-col gap-4 p-4">
        <p className="text-quiet">{t("advice")}</p>
        <Refused error={put.error} />
        <Checks label={t("who")} options={view.people} value={users} onChange={setUsers} />
      </div>
      <footer className="flex items-center gap-2 border-hairline border-t px-4 py-3">
        {view.is_closed && (
          <Button isDisabled={put.isPending} onPress={() => put.mutate(null)}>
            {t("open")}
          </Button>
        )}
        <span className="flex-1" />
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button isPrimary type="submit" isDisabled={put.isPending}>
          {t("save")}
        </Button>
      </footer>
    </Form>
  );
}
