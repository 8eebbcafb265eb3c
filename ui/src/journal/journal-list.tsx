import { Eye, type LucideIcon, Pencil, Undo2 } from "lucide-react";
import { Fragment } from "react";
import {
  Collection,
  ListBox,
  ListBoxItem,
  ListBoxLoadMoreItem,
  ListLayout,
  Virtualizer,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import type { JournalKind, JournalLine } from "../lib/api";
import { parts, useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";

const ROW = 52;

interface JournalListProps {
  lines: JournalLine[];
  onOpen: (line: JournalLine) => void;
  isLoading: boolean;
  onMore: () => void;
}

/** The entries, newest first; only those in sight are drawn. */
export function JournalList({ lines, onOpen, isLoading, onMore }: JournalListProps) {
  const t = useTranslations("journal");
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW, loaderSize: 32 }}>
      <ListBox
        aria-label={t("entries")}
        selectionMode="none"
        onAction={(key) => {
          const line = lines.find(({ entry }) => entry === Number(key));
          if (line) {
            onOpen(line);
          }
        }}
        className="h-full overflow-y-auto outline-none"
      >
        <Collection items={lines}>{(line) => <Line line={line} />}</Collection>
        <ListBoxLoadMoreItem
          isLoading={isLoading}
          onLoadMore={onMore}
          className="py-1 text-center text-quiet"
        >
          {t("older")}
        </ListBoxLoadMoreItem>
      </ListBox>
    </Virtualizer>
  );
}

const icons: Partial<Record<JournalKind, LucideIcon>> = { view: Eye, turn: Undo2 };

function Line({ line }: { line: JournalLine }) {
  const { shortDateTime } = useTimes();
  const { about, rest } = useAbout(line);
  const Icon = icons[line.kind] ?? Pencil;
  const when = shortDateTime(line.at);
  return (
    <ListBoxItem
      id={line.entry}
      textValue={`${when} ${line.person} ${line.what} ${about.join(", ")}`}
      className="grid h-full cursor-default grid-cols-[20px_minmax(0,1fr)] items-center lg:grid-cols-[20px_148px_112px_minmax(0,1fr)] gap-x-3 border-hairline border-b px-1 outline-none hover:bg-raised data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2 data-focused:bg-raised"
    >
      <Icon aria-hidden size={16} className="text-quiet" />
      <time dateTime={line.at} className="truncate text-quiet max-lg:hidden">
        {when}
      </time>
      <span className="truncate max-lg:hidden">
        <bdi>{line.person}</bdi>
      </span>
      <span className="min-w-0">
        <span className="flex gap-2">
          <span className="shrink-0 max-lg:min-w-0 max-lg:shrink max-lg:truncate">{line.what}</span>
          <span className="truncate font-semibold">
            {about.map((patient, at) => (
              // A name may be there twice.
              // biome-ignore lint/suspicious/noArrayIndexKey: the order is what tells them apart.
              <Fragment key={at}>
                {at > 0 && ", "}
                <bdi>{patient}</bdi>
              </Fragment>
            ))}
          </span>
        </span>
        <span className="block truncate text-quiet text-small">
          {/* Where there is no room for columns. */}
          <span className="lg:hidden">
            {when} · <bdi>{line.person}</bdi>
            {rest && " · "}
          </span>
          <bdi>{rest}</bdi>
        </span>
      </span>
    </ListBoxItem>
  );
}

/** Whom an entry is about, and the rest of it in one line. */
export function useAbout(line: JournalLine) {
  const name = useNames();
  const privately = usePrivately();
  const names = line.about.map((patient) => name(patient.name));
  const rest = [line.details[0], line.reason].filter((text) => text).join(" · ");
  return { about: line.more_patients ? [...names, "…"] : names, rest: rest ? privately(rest) : "" };
}

/** The day and the time to the second. */
export function useExactly() {
  const { date } = useTimes();
  return (at: string) => `${date(parts(at).date)}, ${at.split("T")[1]?.slice(0, 8) ?? ""}`;
}
