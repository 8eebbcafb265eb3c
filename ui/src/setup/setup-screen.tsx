import { useQuery } from "@tanstack/react-query";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { SetupView } from "../lib/api";
import { Failure, Loading } from "../parts/state";
import { ClinicSection } from "./clinic-section";
import { ClosuresSection } from "./closures-section";
import { PractitionersSection } from "./practitioners-section";
import { ProtocolsSection } from "./protocols-section";
import { setupQuery } from "./queries";
import { RoomsSection } from "./rooms-section";
import { ServicesSection } from "./services-section";

const sections = [
  { id: "practitioners", Section: PractitionersSection },
  { id: "services", Section: ServicesSection },
  { id: "rooms", Section: RoomsSection },
  { id: "closures", Section: ClosuresSection },
  { id: "protocols", Section: ProtocolsSection },
  { id: "clinic", Section: ClinicSection },
] as const;

/** Everything about the clinic itself, a section for each kind. */
export function SetupScreen() {
  const query = useQuery(setupQuery());
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  return query.data ? <Sections setup={query.data} /> : <Loading />;
}

function Sections({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  return (
    <Tabs orientation="vertical" className="flex h-full max-md:flex-col">
      <div className="w-52 shrink-0 border-hairline border-r bg-surface max-md:w-full">
        <h1 className="flex h-14 items-center px-5 font-semibold text-display tracking-tight">
          {t("title")}
        </h1>
        <TabList
          aria-label={t("sections")}
          className="flex flex-col gap-0.5 px-2 pb-2 max-md:flex-row max-md:flex-wrap"
        >
          {sections.map(({ id }) => (
            <Tab
              key={id}
              id={id}
              className="cursor-default rounded-control px-3 py-1.5 text-quiet outline-none hover:bg-raised data-focus-visible:outline-2 data-focus-visible:outline-accent data-selected:bg-raised data-selected:font-semibold data-selected:text-ink"
            >
              {t(id)}
            </Tab>
          ))}
        </TabList>
      </div>
      {sections.map(({ id, Section }) => (
        <TabPanel key={id} id={id} className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
          <Section setup={setup} />
        </TabPanel>
      ))}
    </Tabs>
  );
}
