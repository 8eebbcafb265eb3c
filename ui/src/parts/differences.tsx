import { UsersRound } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "./button";

/** A field that two people have changed. */
export interface Difference {
  field: string;
  label: string;
  theirs: string;
  onTake: () => void;
}

/** What somebody else made of the same form meanwhile; saving keeps one's own where theirs is not taken. */
export function Differences({ rows }: { rows: readonly Difference[] }) {
  const t = useTranslations("differences");
  return (
    <section role="alert" className="rounded-control border border-unusual px-3 py-2">
      <h3 className="flex items-center gap-2 font-semibold">
        <UsersRound aria-hidden size={16} className="shrink-0 text-unusual" /> {t("title")}
      </h3>
      <p className="text-quiet">{t(rows.length > 0 ? "advice" : "merged")}</p>
      <ul className="mt-1 divide-y divide-hairline">
        {rows.map(({ field, label, theirs, onTake }) => (
          <li key={field} className="flex items-center gap-3 py-1">
            <span className="w-32 shrink-0 text-quiet">{label}</span>
            <span className="min-w-0 flex-1 select-text whitespace-pre-wrap break-words">
              <bdi>{theirs || t("empty")}</bdi>
            </span>
            <Button onPress={onTake}>{t("take")}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
