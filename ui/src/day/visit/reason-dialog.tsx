import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { useLeaving } from "../../lib/use-leaving";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { TextInput } from "../../parts/fields";
import { LeaveQuestion } from "../../parts/form-footer";

interface ReasonDialogProps {
  /** What is asked about, and the place it is to have. */
  what: ReactNode;
  /** What stands against it. */
  words: string;
  /** A reason that is typed already. */
  given?: string | undefined;
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** Asks why a rule may be broken this once. */
export function ReasonDialog({ what, words, given = "", onClose, onReason }: ReasonDialogProps) {
  const t = useTranslations("move");
  const card = useTranslations("card");
  const [reason, setReason] = useState(given);
  const leaving = useLeaving(reason.trim() !== "", onClose);
  return (
    <Dialog title={t("reasonTitle")} isOpen onClose={leaving.leave} width="narrow">
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) {
            onReason(reason);
          }
        }}
      >
        <p>{what}</p>
        <p className="text-rule first-letter:uppercase">{words}</p>
        <TextInput label={t("reasonAsked")} value={reason} onChange={setReason} autoFocus isRequired />
        <div className="flex items-center justify-end gap-2">
          {leaving.isAsked ? (
            <LeaveQuestion leaving={leaving} />
          ) : (
            <>
              <Button onPress={leaving.leave}>{card("keep")}</Button>
              <Button isPrimary type="submit" isDisabled={!reason.trim()}>
                {t("moveAnyway")}
              </Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}
