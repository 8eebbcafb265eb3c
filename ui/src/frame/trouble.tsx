import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

import { errorInWords } from "../lib/errors";
import { useTrouble } from "./journal";

/** Says above every screen why the clinic cannot be read at the moment, and goes when it can. */
export function Trouble() {
  const t = useTranslations("errors");
  const trouble = useTrouble();
  if (!trouble) {
    return null;
  }
  const { title, advice } = errorInWords(trouble, t);
  return (
    <p
      role="alert"
      className="flex select-text items-start gap-2 border-rule border-b bg-surface px-4 py-2 text-rule print:hidden"
    >
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        <span className="font-semibold">{title}.</span> {advice}
      </span>
    </p>
  );
}
