import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import type { useLeaving } from "../lib/use-leaving";
import { Button } from "./button";

interface FormFooterProps {
  leaving: ReturnType<typeof useLeaving>;
  submit: string;
  isBusy?: boolean;
  /** Says or does something more, at the other end. */
  children?: ReactNode;
}

interface LeaveQuestionProps {
  leaving: ReturnType<typeof useLeaving>;
  /** What is asked, where more than typed words would be lost. */
  question?: string;
}

/** Whether what is begun may be lost. */
export function LeaveQuestion({ leaving, question }: LeaveQuestionProps) {
  const t = useTranslations("form");
  return (
    <>
      <p role="alert" className="mr-auto">
        {question ?? t("discardQuestion")}
      </p>
      <Button onPress={leaving.discard}>{t("discard")}</Button>
      <Button isPrimary onPress={leaving.stay}>
        {t("keepEditing")}
      </Button>
    </>
  );
}

/** The end of a form: cancel and the one thing it is for; leaving what is typed asks first. */
export function FormFooter({ leaving, submit, isBusy = false, children }: FormFooterProps) {
  const t = useTranslations("form");
  return (
    <footer className="flex shrink-0 items-center gap-2 border-hairline border-t px-4 py-3">
      {leaving.isAsked ? (
        <LeaveQuestion leaving={leaving} />
      ) : (
        <>
          <div className="mr-auto min-w-0">{children}</div>
          <Button onPress={leaving.leave}>{t("cancel")}</Button>
          <Button isPrimary type="submit" isDisabled={isBusy}>
            {submit}
          </Button>
        </>
      )}
    </footer>
  );
}
