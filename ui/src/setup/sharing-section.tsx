import { useQuery } from "@tanstack/react-query";
import { Copy, FolderOpen, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { tell } from "../frame/toasts";
import {
  askForFolder,
  type NamesShown,
  type SharingLine,
  type SharingView,
  serveFeeds,
  shareFeed,
  shareFolder,
  shareNames,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { refusalOf } from "../lib/errors";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Choice, TextInput, Tick } from "../parts/fields";
import { Failure, Loading, Refused } from "../parts/state";
import { PublishDialog } from "./publish-dialog";
import { PublishState } from "./publish-state";
import { sharingQuery } from "./queries";
import { Section } from "./section";

const levels: NamesShown[] = ["initials", "busy", "full"];

/** How practitioners' calendars leave the clinic: how much they tell, feeds, a folder. */
export function SharingSection() {
  const t = useTranslations("sharing");
  const query = useQuery(sharingQuery());
  const refusal = refusalOf(query);
  if (refusal) {
    return <Failure error={refusal} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  return (
    <Section title={t("title")} advice={t("advice")}>
      <Practitioners view={query.data} />
      <Server view={query.data} />
      <Folder key={query.data.folder} view={query.data} />
      {query.data.problem && (
        <p role="status" className="mt-4 flex select-text items-start gap-2 text-rule">
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {query.data.problem}
        </p>
      )}
    </Section>
  );
}

function Practitioners({ view }: { view: SharingView }) {
  const t = useTranslations("sharing");
  const [asked, setAsked] = useState<SharingLine>();
  const [publishing, setPublishing] = useState<string>();
  const published = view.practitioners.find(({ practitioner }) => practitioner === publishing);
  const publish = useTranslations("publish");
  const names = useChange(({ id, level }: { id: string; level: NamesShown }) => shareNames(id, level));
  const copy = async (address: string) => {
    try {
      await navigator.clipboard.writeText(address);
      tell({ text: t("copied") });
    } catch {
      // Where the clipboard is closed, the address is shown to be copied by hand.
      tell({ text: address });
    }
  };
  const feed = useChange(({ id, isOn }: { id: string; isOn: boolean }) => shareFeed(id, isOn));
  return (
    <>
      <Refused error={names.error ?? feed.error} />
      <ul className="divide-y divide-hairline border-hairline border-y">
        {view.practitioners.map((line) => (
          <li
            key={line.practitioner}
            className="grid grid-cols-[minmax(0,1fr)_220px_370px] items-center gap-x-4 gap-y-2 py-2 max-lg:grid-cols-1"
          >
            <span className="min-w-0 break-words font-medium">{line.name}</span>
            <Choice
              isBare
              label={t("namesOf", { name: line.name })}
              value={line.names}
              options={levels.map((level) => ({ id: level, name: t(`names-${level}`) }))}
              onChange={(id) => {
                const level = levels.find((known) => known === id) ?? "initials";
                if (level === "full") {
                  setAsked(line);
                } else {
                  names.mutate({ id: line.practitioner, level });
                }
              }}
            />
            <div className="flex flex-wrap justify-end gap-2 max-lg:justify-start">
              {line.feed && (
                <Button
                  label={t("copyOf", { name: line.name })}
                  isDisabled={!view.address}
                  onPress={() => void copy(`${view.address}${line.feed}`)}
                >
                  <Copy aria-hidden size={16} className="mr-1.5" /> {t("copy")}
                </Button>
              )}
              <Button
                label={t(line.feed ? "endOf" : "startOf", { name: line.name })}
                isDisabled={feed.isPending}
                onPress={() => feed.mutate({ id: line.practitioner, isOn: !line.feed })}
              >
                {t(line.feed ? "endFeed" : "startFeed")}
              </Button>
              <Button
                label={publish("openOf", { name: line.name })}
                onPress={() => setPublishing(line.practitioner)}
              >
                {publish("open")}
              </Button>
            </div>
            {line.published && (
              <div className="col-span-full flex min-w-0 flex-col gap-1">
                <span className="truncate text-quiet text-small">
                  <bdi>{line.published.address}</bdi>
                </span>
                <PublishState published={line.published} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {!view.address && view.practitioners.some(({ feed }) => feed) && (
        <p className="mt-2 text-quiet">{t("serveFirst")}</p>
      )}
      {published && (
        <PublishDialog
          line={published}
          hasKeychain={view.keychain}
          onClose={() => setPublishing(undefined)}
        />
      )}
      {asked && (
        <Dialog title={t("fullTitle")} isOpen onClose={() => setAsked(undefined)}>
          <p className="p-4">{t("fullWarning", { name: asked.name })}</p>
          <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
            <Button onPress={() => setAsked(undefined)}>{t("cancel")}</Button>
            <Button
              isPrimary
              onPress={() => {
                names.mutate({ id: asked.practitioner, level: "full" });
                setAsked(undefined);
              }}
            >
              {t("fullAnyway")}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}

function Server({ view }: { view: SharingView }) {
  const t = useTranslations("sharing");
  const serve = useChange(({ serves, network }: Pick<SharingView, "serves" | "network">) =>
    serveFeeds(serves, network),
  );
  return (
    <section className="mt-6">
      <h3 className="mb-1 font-semibold text-title">{t("feeds")}</h3>
      <p className="mb-2 text-quiet">{t("feedsAdvice")}</p>
      <Refused error={serve.error} />
      <div className="flex flex-col gap-1">
        <Tick isSelected={view.serves} onChange={(serves) => serve.mutate({ serves, network: view.network })}>
          {t("serve")}
        </Tick>
        <Tick
          isSelected={view.network}
          onChange={(network) => serve.mutate({ serves: view.serves, network })}
        >
          {t("network")}
        </Tick>
      </div>
      {view.address && (
        <p className="mt-1 select-text text-quiet">{t("servesAt", { address: view.address })}</p>
      )}
    </section>
  );
}

function Folder({ view }: { view: SharingView }) {
  const t = useTranslations("sharing");
  const [folder, setFolder] = useState(view.folder ?? "");
  const share = useChange(shareFolder, () => tell({ text: t(folder.trim() ? "folderKept" : "folderEnded") }));
  const asking = useChange(askForFolder, (chosen) => {
    if (chosen !== null) {
      setFolder(chosen);
    }
  });
  return (
    <section className="mt-6">
      <h3 className="mb-1 font-semibold text-title">{t("folder")}</h3>
      <p className="mb-2 text-quiet">{t("folderAdvice")}</p>
      <Refused error={asking.error ?? share.error} />
      <div className="flex flex-wrap items-end gap-2">
        <TextInput
          label={t("folderPath")}
          value={folder}
          onChange={setFolder}
          className="min-w-0 flex-1 basis-48"
        />
        <Button isDisabled={asking.isPending} onPress={() => asking.mutate(undefined)}>
          <FolderOpen aria-hidden size={16} className="mr-1.5" />
          {t("browse")}
        </Button>
        <Button
          isDisabled={share.isPending || folder.trim() === (view.folder ?? "")}
          onPress={() => share.mutate(folder.trim() || null)}
        >
          {t(folder.trim() ? "keepFolder" : "endFolder")}
        </Button>
      </div>
    </section>
  );
}
