import type { ComponentProps } from "react";
import { Focusable, Tooltip, TooltipTrigger } from "react-aria-components";

interface HintProps {
  label: string;
  /** The keys that do the same. */
  keys?: string;
  /** What hands on to an element what it is given. */
  children: ComponentProps<typeof Focusable>["children"];
}

/** Says what a picture means when the pointer rests on it, or the focus. */
export function Hint({ label, keys, children }: HintProps) {
  return (
    <TooltipTrigger delay={500}>
      <Focusable>{children}</Focusable>
      <Tooltip
        offset={6}
        placement="right"
        className="rounded-control border border-edge bg-surface px-2 py-1 text-small shadow-md"
      >
        {label} {keys && <kbd className="ml-1 font-sans text-quiet">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
