import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  advice?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A section of the set-up: its title, what it is for, its one action. */
export function Section({ title, advice, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="max-w-4xl px-6 py-5 max-sm:px-3">
      <header className="mb-4 flex flex-wrap items-start gap-4">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="font-semibold text-display tracking-tight">{title}</h2>
          {advice && <p className="text-quiet">{advice}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
