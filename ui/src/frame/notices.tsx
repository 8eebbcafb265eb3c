import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

import { noticesQuery } from "../lib/queries";
import { Button } from "../parts/button";
import { useNavigation } from "./navigation";

/** What needs attention, above every screen until it is mended; nothing waits for it. */
export function Notices() {
  const t = useTranslations("notices");
  const { data: notices = [] } = useQuery(noticesQuery());
  const { go } = useNavigation();
  if (notices.length === 0) {
    return null;
  }
  return (
    <aside aria-label={t("title")} className="max-h-[40vh] shrink-0 overflow-y-auto print:hidden">
      {notices.map(({ about, words }) => (
        <div
          key={`${about} ${words}`}
          role="status"
          className="flex items-center gap-x-3 gap-y-1 border-hairline border-b bg-raised px-5 py-1.5 max-sm:flex-wrap max-sm:px-3"
        >
          <TriangleAlert aria-hidden size={16} className="shrink-0 text-rule" />
          <p className="min-w-0 flex-1 select-text max-sm:basis-4/5">{words}</p>
          {about === "backup" && (
            <Button onPress={() => go("setup", { section: "backups" })}>{t("openBackups")}</Button>
          )}
          {about === "key" && (
            <Button onPress={() => go("setup", { section: "keys" })}>{t("openKeys")}</Button>
          )}
          {about === "journal" && (
            <Button onPress={() => go("setup", { section: "journal" })}>{t("openJournal")}</Button>
          )}
        </div>
      ))}
    </aside>
  );
}
