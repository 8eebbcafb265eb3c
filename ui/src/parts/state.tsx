/** What a screen or a part of it says when there is nothing to show: loading, empty, or a fault. */

import { TriangleAlert } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { errorInWords, isBroken } from "../lib/errors";
import { Button } from "./button";

/** Loaded when it is wanted, with all the fields of its dialog: hardly any start has a clinic that is broken. */
const RestoreOffer = lazy(() =>
  import("../backup/restore-offer").then((part) => ({ default: part.RestoreOffer })),
);

interface StateProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
  "data-empty"?: string;
}

/** A title, a sentence and the next thing to do, in the middle of the free space. */
export function State({ title, children, icon, action, role = "status", ...marks }: StateProps) {
  return (
    <div
      {...marks}
      role={role}
      className="flex h-full flex-col items-center justify-center gap-2 px-8 py-10 text-center"
    >
      {icon && <span className="text-quiet">{icon}</span>}
      <h2 className="font-semibold text-title">{title}</h2>
      {children && <p className="max-w-[52ch] select-text text-balance text-quiet">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

/** Whether something has taken a moment already, since most of it is over by then. */
export function useIsLong(): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return isLong;
}

/** Says that something takes a moment, once it has. */
export function Loading() {
  const t = useTranslations("frame");
  return <State title={useIsLong() ? t("working") : ""} />;
}

/** Why something cannot be shown, and the way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("errors");
  const { title, advice } = errorInWords(error, t);
  return (
    <State
      role="alert"
      icon={<TriangleAlert aria-hidden size={28} className="text-rule" />}
      title={title}
      action={
        <div className="flex flex-col items-center gap-4">
          <Button isPrimary onPress={onRetry}>
            {t("tryAgain")}
          </Button>
          {isBroken(error) && (
            <Suspense>
              <RestoreOffer instead="broken" onDone={onRetry} />
            </Suspense>
          )}
        </div>
      }
    >
      {advice}
    </State>
  );
}

/** Why something was not done, above the form that asked for it. */
export function Refused({ error }: { error: Error | null }) {
  const t = useTranslations("errors");
  if (!error) {
    return null;
  }
  return (
    <p
      role="alert"
      className="flex select-text items-start gap-2 rounded-control border border-rule px-3 py-2 text-rule"
    >
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>{errorInWords(error, t).advice}</span>
    </p>
  );
}
