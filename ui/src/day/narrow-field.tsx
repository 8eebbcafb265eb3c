import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";

import { BareButton, FrameButton } from "../parts/frame-button";

interface NarrowFieldProps {
  /** What is typed; nothing while the field is away. */
  typed: string | undefined;
  onTyped: (typed: string | undefined) => void;
  /** Whether somebody is called that. */
  isFound: boolean;
  isShown: boolean;
}

/** Narrows the board to the practitioners whose names are typed; `/` leads here, Escape widens it again. */
export function NarrowField({ typed, onTyped, isFound, isShown }: NarrowFieldProps) {
  const t = useTranslations("day");
  const input = useRef<HTMLInputElement>(null);
  const isOpen = typed !== undefined;
  useEffect(() => {
    if (isOpen) {
      input.current?.focus();
    }
  }, [isOpen]);
  if (!isShown) {
    return null;
  }
  if (!isOpen) {
    return (
      <FrameButton label={t("narrow")} keys="/" onPress={() => onTyped("")}>
        <Search aria-hidden size={16} />
      </FrameButton>
    );
  }
  return (
    <span className="relative flex items-center">
      <input
        ref={input}
        value={typed}
        aria-label={t("narrow")}
        aria-invalid={!isFound}
        placeholder={t("narrowHint")}
        className={`h-8 w-40 rounded-control border bg-surface pr-8 pl-2 outline-accent focus:outline-2 focus:-outline-offset-1 ${isFound ? "border-edge" : "border-rule"}`}
        onChange={(event) => onTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.preventDefault();
            onTyped(undefined);
          } else if (event.key === "Enter") {
            event.preventDefault();
            document.querySelector<HTMLElement>("[data-date]")?.focus();
          }
        }}
      />
      <BareButton
        aria-label={t("widen")}
        className="absolute right-1 flex size-6 items-center justify-center rounded-control text-quiet outline-accent hover:bg-raised focus-visible:outline-2"
        onPress={() => onTyped(undefined)}
      >
        <X aria-hidden size={14} />
      </BareButton>
      <span role="status" className="sr-only">
        {isFound ? "" : t("narrowNobody")}
      </span>
    </span>
  );
}
