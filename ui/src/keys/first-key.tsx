import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";

import { Failure, Loading } from "../parts/state";
import { Protect } from "./protect";
import { keyStateQuery } from "./queries";

/** Gives a clinic of one's own, once it has begun, a key that does not lie beside it. */
export function FirstKey({ onDone }: { onDone: () => void }) {
  const t = useTranslations("clinicKey");
  const query = useQuery(keyStateQuery());
  // A key that was given from outside is somebody else's to keep.
  const isOurs = query.data && query.data.place !== "file";
  useEffect(() => {
    if (isOurs) {
      onDone();
    }
  }, [isOurs, onDone]);
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data || isOurs) {
    return <Loading />;
  }
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto px-6 py-10 print:block">
      <div className="my-auto w-full max-w-xl rounded-control border border-hairline bg-surface print:border-0">
        <header className="flex items-center gap-3 border-hairline border-b px-5 py-3 print:hidden">
          <KeyRound aria-hidden size={22} className="shrink-0 text-accent" />
          <h1 className="font-semibold text-title">{t("firstTitle")}</h1>
        </header>
        <div className="p-5">
          <Protect state={query.data} onDone={onDone} onCancel={onDone} cancelLabel={t("later")} />
        </div>
      </div>
    </main>
  );
}
