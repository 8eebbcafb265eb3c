import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { JournalAsk, JournalChoices, JournalKind, Named } from "../lib/api";
import { useNames } from "../lib/words";
import { Button } from "../parts/button";
import { Choice, DateInputField } from "../parts/fields";
import { searchQuery } from "../patients/queries";

interface JournalFiltersProps {
  choices: JournalChoices;
  ask: JournalAsk;
  onAsk: (ask: JournalAsk) => void;
}

/** Stands for no choice in a list. */
const ALL = "*";

/** By whom, about whom, what and when. */
export function JournalFilters({ choices, ask, onAsk }: JournalFiltersProps) {
  const t = useTranslations("journal");
  const set = (changes: Partial<JournalAsk>) => onAsk({ ...ask, ...changes });
  const isNarrowed = Object.values(ask).some((value) => value !== null);
  const kind = choices.kinds.find(({ id }) => id === ask.kind)?.id ?? ALL;
  return (
    <search className="mb-3 flex flex-wrap items-end gap-2">
      <Choice
        label={t("person")}
        value={ask.person ?? ALL}
        options={[{ id: ALL, name: t("everybody") }, ...choices.people]}
        onChange={(person) => set({ person: person === ALL ? null : person })}
        className="w-40"
      />
      <PatientChoice key={ask.patient === null ? "none" : "some"} onChoose={(patient) => set({ patient })} />
      <Choice
        label={t("kind")}
        value={kind}
        options={[{ id: ALL, name: t("anything") }, ...choices.kinds]}
        // The list holds the kinds that the program named.
        onChange={(id) => set({ kind: id === ALL ? null : (id as JournalKind) })}
        className="w-52"
      />
      <DateInputField
        label={t("from")}
        value={ask.from ?? null}
        onChange={(from) => set({ from })}
        className="w-36"
      />
      <DateInputField
        label={t("to")}
        value={ask.to ?? null}
        onChange={(to) => set({ to })}
        className="w-36"
      />
      {isNarrowed && (
        <Button onPress={() => onAsk({ person: null, patient: null, kind: null, from: null, to: null })}>
          <X aria-hidden size={16} className="mr-1" /> {t("clear")}
        </Button>
      )}
    </search>
  );
}

/** A patient, found as in the search of patients. */
function PatientChoice({ onChoose }: { onChoose: (patient: string | null) => void }) {
  const t = useTranslations("journal");
  const name = useNames();
  const [text, setText] = useState("");
  const found = useQuery(searchQuery(text));
  return (
    <ComboBox
      items={found.data?.hits ?? []}
      inputValue={text}
      onInputChange={(typed) => {
        setText(typed);
        if (typed === "") {
          onChoose(null);
        }
      }}
      onChange={(key) => {
        const hit = found.data?.hits.find(({ id }) => id === key);
        if (hit) {
          setText(name(hit.name));
          onChoose(hit.id);
        }
      }}
      menuTrigger="input"
      allowsEmptyCollection
      // The program searches; it forgives errors of typing that a filter here would not.
      defaultFilter={() => true}
      className="w-52"
    >
      <Label className="mb-1 block text-quiet text-small">{t("patient")}</Label>
      <Input
        placeholder={t("anybody")}
        className="h-8 w-full select-text rounded-control border border-edge bg-surface px-2 outline-accent placeholder:text-ink focus:outline-2 focus:-outline-offset-1"
      />
      <Popover className="min-w-(--trigger-width) rounded-control border border-edge bg-surface shadow-lg">
        <ListBox
          className="max-h-72 overflow-y-auto p-1 outline-none"
          renderEmptyState={() => <p className="px-2 py-1 text-quiet">{t("nobodyFits")}</p>}
        >
          {(hit: Named) => (
            <ListBoxItem
              id={hit.id}
              textValue={name(hit.name)}
              className="flex h-8 items-center rounded-control px-2 outline-none data-focused:bg-raised"
            >
              <bdi>{name(hit.name)}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
