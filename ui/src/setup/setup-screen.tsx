import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { type Key, Tab, TabList, TabPanel, type TabPanelProps, Tabs } from "react-aria-components";
import { useTranslations } from "use-intl";

import { BackupsSection } from "../backup/backups-section";
import { useNavigation } from "../frame/navigation";
import { JournalSection } from "../journal/journal-section";
import { KeysSection } from "../keys/keys-section";
import type { SetupView, UseCase } from "../lib/api";
import { refusalOf } from "../lib/errors";
import { useDrawn, useInPieces } from "../parts/in-pieces";
import { Failure, Loading } from "../parts/state";
import { useSession } from "../session/session";
import { updatesQuery } from "../updates/queries";
import { UpdatesSection } from "../updates/updates-section";
import { ClinicSection } from "./clinic-section";
import { ClosuresSection } from "./closures-section";
import { MisplacedProvider, MisplacedSection } from "./misplaced-section";
import { PeopleSection } from "./people-section";
import { PractitionersSection } from "./practitioners-section";
import { ProtocolsSection } from "./protocols-section";
import { misplacedQuery, setupQuery } from "./queries";
import { RoomsSection } from "./rooms-section";
import { ServicesSection } from "./services-section";
import { SharingSection } from "./sharing-section";

const sections = [
  { id: "misplaced", Section: MisplacedSection },
  { id: "practitioners", Section: PractitionersSection },
  { id: "services", Section: ServicesSection },
  { id: "rooms", Section: RoomsSection },
  { id: "closures", Section: ClosuresSection },
  { id: "protocols", Section: ProtocolsSection },
  { id: "sharing", Section: SharingSection },
  { id: "clinic", Section: ClinicSection },
  { id: "people", Section: PeopleSection },
  { id: "journal", Section: JournalSection },
  { id: "backups", Section: BackupsSection },
  { id: "keys", Section: KeysSection },
  { id: "updates", Section: UpdatesSection },
] as const;

/** What somebody must be allowed to find anything in a section. */
const needs: Partial<Record<(typeof sections)[number]["id"], UseCase>> = {
  protocols: "save_protocols",
  sharing: "sharing",
  people: "people",
  journal: "journal_page",
  backups: "backups",
  keys: "key_state",
  updates: "updates",
};

/** Everything about the clinic itself, a section for each kind. */
export function SetupScreen() {
  const query = useQuery(setupQuery());
  const setup = useInPieces(query.data);
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  return setup ? <Sections setup={setup} /> : <Loading />;
}

function Sections({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const { may } = useSession();
  const updates = useQuery({ ...updatesQuery(), enabled: may("updates") });
  // A program that was built without updates says nothing of them.
  const offered = sections.filter(
    ({ id }) => may(needs[id] ?? "setup") && (id !== "updates" || updates.data),
  );
  const { target, keep, kept } = useNavigation();
  const [wanted, setShownOnly] = useState<Key>(target.section ?? kept("setup") ?? "practitioners");
  // Drawn in pieces while the section before still stands.
  const shown = useDrawn(wanted);
  const setShown = useCallback(
    (section: Key) => {
      setShownOnly(section);
      keep("setup", String(section));
    },
    [keep],
  );
  useEffect(() => {
    if (target.section) {
      setShown(target.section);
    }
  }, [target, setShown]);
  const showMisplaced = useCallback(() => setShown("misplaced"), [setShown]);
  const misplaced = useQuery(misplacedQuery());
  const waiting: Partial<Record<Key, number>> = {
    misplaced: misplaced.data?.length ?? 0,
    updates: updates.data?.offer ? 1 : 0,
  };
  return (
    <Tabs
      orientation="vertical"
      selectedKey={shown}
      onSelectionChange={setShown}
      className="flex h-full max-md:block max-md:scroll-pb-20 max-md:overflow-y-auto print:block"
    >
      <div className="w-52 shrink-0 border-hairline border-r bg-surface max-md:w-full max-md:border-r-0 max-md:border-b print:hidden">
        <h1 className="flex h-14 items-center px-5 font-semibold text-display tracking-tight">
          {t("title")}
        </h1>
        <TabList
          aria-label={t("sections")}
          className="flex flex-col gap-0.5 px-2 pb-2 max-md:flex-row max-md:flex-wrap"
        >
          {offered.map(({ id }) => (
            <Tab
              key={id}
              id={id}
              className="cursor-default rounded-control px-3 py-1.5 text-quiet outline-none hover:bg-raised data-focus-visible:outline-2 data-focus-visible:outline-accent data-selected:bg-raised data-selected:font-semibold data-selected:text-ink"
            >
              <span className="flex items-center justify-between gap-2">
                {t(id)}
                {(waiting[id] ?? 0) > 0 && (
                  <span className="min-w-5 rounded-control bg-accent px-1 text-center font-semibold text-accent-ink text-small">
                    {waiting[id]}
                  </span>
                )}
              </span>
            </Tab>
          ))}
        </TabList>
      </div>
      <MisplacedProvider value={showMisplaced}>
        {offered.map(({ id, Section }) => (
          <TabPanel
            key={id}
            id={id}
            render={keepReachable}
            className="min-h-0 min-w-0 flex-1 scroll-pb-20 overflow-y-auto outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 max-md:overflow-visible"
          >
            <Section setup={setup} />
          </TabPanel>
        ))}
      </MisplacedProvider>
    </Tabs>
  );
}

/**
 * A panel that the keyboard went to while nothing in it could be reached yet is no stop any more once something can;
 * were it out of reach then, the keyboard would be on nothing.
 */
const keepReachable: NonNullable<TabPanelProps["render"]> = ({ tabIndex = -1, ...panel }) => (
  <div {...panel} tabIndex={tabIndex} />
);
