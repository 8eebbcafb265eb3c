import type { ReactNode } from "react";

/** A list that scrolls while the focus stays in the search above it; by itself it is scrolled with the arrow keys. */
export function Scroller({ children, className }: { children: ReactNode; className: string }) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={`overflow-y-auto outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 ${className}`}
    >
      {children}
    </div>
  );
}
