import { Eye, KeyRound, TriangleAlert } from "lucide-react";
import { Fragment, useState } from "react";
import { Form } from "react-aria-components";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import { endAccount, type SharingLine, shareAccount } from "../lib/api";
import { useChange } from "../lib/changes";
import { useLeaving } from "../lib/use-leaving";
import { type Account, AccountFields, CalendarChoice, useCalendars } from "../parts/account";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { LeaveQuestion } from "../parts/form-footer";
import { Refused } from "../parts/state";
import { PublishState } from "./publish-state";

interface PublishDialogProps {
  line: SharingLine;
  /** Whether this computer has a keychain. */
  hasKeychain: boolean;
  onClose: () => void;
}

/** The account that a practitioner's calendar is published to: checked before it is named, and how it goes. */
export function PublishDialog({ line, hasKeychain, onClose }: PublishDialogProps) {
  const t = useTranslations("publish");
  const { published, practitioner, name } = line;
  const named: Account = {
    address: published?.address ?? "",
    user: published?.user ?? "",
    password: "",
  };
  const [account, setAccount] = useState(named);
  const [isStopping, setIsStopping] = useState(false);
  const calendars = useCalendars(account, ({ address }) => setAccount({ ...account, address }));
  const isOther = account.address.trim() !== named.address || account.user.trim() !== named.user;
  const isKnown = published !== null && !isOther && published.state.kind !== "elsewhere";
  const publish = useChange(
    ({ address, user, password }: Account) =>
      shareAccount(practitioner, address, user, password === "" ? null : password),
    (_, { address, user }) => {
      setAccount({ address: address.trim(), user: user.trim(), password: "" });
      tell({ text: t("named", { name }) });
    },
  );
  const stop = useChange(
    (removes: boolean) =>
      endAccount(practitioner, removes, isOther || account.password === "" ? null : account.password),
    () => {
      tell({ text: t("stopped", { name }) });
      onClose();
    },
  );
  const leaving = useLeaving((isOther || account.password !== "") && !publish.isPending, onClose);
  const isBusy = publish.isPending || stop.isPending;
  // What stands against taking away is told with how it goes, there in the language that is spoken now.
  const isTold = published?.removing === true && "why" in published.state && stop.variables === true;
  return (
    <Dialog title={t("title", { name })} width="wide" isOpen onClose={leaving.leave}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) {
            publish.mutate(account);
          }
        }}
      >
        <div className="flex max-h-[70vh] flex-col gap-4 overflow-y-auto p-4">
          <p className="text-quiet">{t("advice")}</p>
          <Refused error={publish.error ?? (isTold ? null : stop.error)} />
          <div role="status" className="empty:hidden">
            {publish.isPending ? (
              <p className="text-quiet">{t("checking")}</p>
            ) : (
              published && <PublishState published={published} />
            )}
          </div>
          <AccountFields value={account} onChange={setAccount} isKnown={isKnown} />
          <CalendarChoice calendars={calendars} chosen={account.address} />
          <Notes line={line} hasKeychain={hasKeychain} />
          {published && isOther && <p className="text-quiet">{t("another")}</p>}
        </div>
        <footer className="flex flex-wrap items-center justify-end gap-2 border-hairline border-t px-4 py-3">
          {leaving.isAsked ? (
            <LeaveQuestion leaving={leaving} />
          ) : published?.removing ? (
            <Fragment key="removing">
              <div className="mr-auto">
                <Button isDisabled={isBusy} onPress={() => stop.mutate(false)}>
                  {t("stopAndLeave")}
                </Button>
              </div>
              <Button onPress={leaving.leave}>{t("close")}</Button>
              <Button type="submit" isDisabled={isBusy}>
                {t("publishAgain")}
              </Button>
              <Button isPrimary isDisabled={isBusy} onPress={() => stop.mutate(true)}>
                {t("removeNow")}
              </Button>
            </Fragment>
          ) : isStopping ? (
            <Fragment key="stopping">
              <p role="alert" className="mr-auto">
                {t("stopQuestion")}
              </p>
              <Button autoFocus isDisabled={isBusy} onPress={() => setIsStopping(false)}>
                {t("goOn")}
              </Button>
              <Button isDisabled={isBusy} onPress={() => stop.mutate(false)}>
                {t("stopAndLeave")}
              </Button>
              <Button isDisabled={isBusy} onPress={() => stop.mutate(true)}>
                {t("stopAndRemove")}
              </Button>
            </Fragment>
          ) : (
            <>
              {published && (
                <div className="mr-auto">
                  <Button isDisabled={isBusy} onPress={() => setIsStopping(true)}>
                    {t("stop")}
                  </Button>
                </div>
              )}
              <Button onPress={leaving.leave}>{t("close")}</Button>
              <Button isPrimary type="submit" isDisabled={isBusy}>
                {t("check")}
              </Button>
            </>
          )}
        </footer>
      </Form>
    </Dialog>
  );
}

/** What the calendar tells, and where the password is. */
function Notes({ line, hasKeychain }: Pick<PublishDialogProps, "line" | "hasKeychain">) {
  const t = useTranslations("publish");
  const levels = useTranslations("sharing");
  const isFull = line.names === "full";
  const Icon = isFull ? TriangleAlert : Eye;
  return (
    <div className="flex flex-col gap-1 text-quiet">
      <p className={`flex items-start gap-2 ${isFull ? "text-rule" : ""}`}>
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        {isFull ? t("tellsFull") : t("tells", { level: levels(`names-${line.names}`) })}
      </p>
      <p className="flex items-start gap-2">
        <KeyRound aria-hidden size={16} className="mt-0.5 shrink-0" />
        {t(hasKeychain ? "keychain" : "noKeychain")}
      </p>
    </div>
  );
}
