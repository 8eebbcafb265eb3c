import { useTranslations } from "use-intl";

import { useIsWaiting } from "../lib/pending";

/** Says that the program is still at something, once that takes longer than a moment. */
export function Progress() {
  const t = useTranslations("frame");
  const isWaiting = useIsWaiting();
  return (
    <div role="status" data-progress className="pointer-events-none fixed inset-x-0 top-0 z-50 print:hidden">
      {isWaiting && (
        <>
          <span className="sr-only">{t("working")}</span>
          <div className="h-0.5 overflow-hidden bg-raised">
            <div className="h-full w-1/3 bg-accent motion-safe:animate-[passing_1.2s_ease-in-out_infinite] motion-reduce:w-full" />
          </div>
        </>
      )}
    </div>
  );
}
