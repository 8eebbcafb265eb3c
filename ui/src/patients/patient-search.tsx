import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { Input, Label, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { useTranslations } from "use-intl";

import type { PatientHit } from "../lib/api";
import { useSelectionEnds } from "../lib/use-selection-ends";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Afterwards } from "../parts/in-pieces";
import { Refused } from "../parts/state";
import { hitAt, recordQuery, searchQuery } from "./queries";

/** The patient that was chosen, and the way to another. */
export function ChosenPatient({ id, onChange }: { id: string; onChange: () => void }) {
  const t = useTranslations("booking");
  const name = useNames();
  const record = useQuery(recordQuery(id));
  return (
    <div className="flex items-center justify-between gap-2 rounded-control border border-hairline bg-raised py-1 pr-1 pl-3">
      <span className="min-w-0 truncate font-semibold">
        <bdi>{name(record.data?.form.name ?? "…")}</bdi>
      </span>
      <span className="shrink-0">
        <Button onPress={onChange}>{t("change")}</Button>
      </span>
    </div>
  );
}

interface PatientSearchProps {
  onChoose: (hit: PatientHit) => void;
  onNew: (name: string) => void;
}

/** How many patients the card offers. */
const OFFERED = 6;

/** The patient by name or phone; those worked on lately stand first while nothing is typed. */
export function PatientSearch({ onChoose, onNew }: PatientSearchProps) {
  const t = useTranslations("booking");
  const name = useNames();
  const privately = usePrivately();
  const [text, setText] = useState("");
  const found = useQuery(searchQuery(text, OFFERED));
  const hits = found.data?.hits ?? [];
  const client = useQueryClient();
  const chooseFirst = async (field: HTMLElement) => {
    const first = await hitAt(client, text, 0, OFFERED);
    // By then somebody may be chosen in another way.
    if (first && field.isConnected) {
      onChoose(first);
    }
  };
  const place = useRef<HTMLDivElement>(null);
  useSelectionEnds(place);
  return (
    <div ref={place}>
      <SearchField value={text} onChange={setText} autoFocus>
        <Label className="mb-1 block text-quiet text-small">{t("patient")}</Label>
        <Input
          placeholder={t("patientSearch")}
          className="h-8 w-full select-text rounded-control border border-edge bg-surface px-2 outline-accent placeholder:text-quiet focus:outline-2 focus:-outline-offset-1"
          onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
            if (event.key === "Enter") {
              event.preventDefault();
              void chooseFirst(event.currentTarget);
            }
          }}
        />
      </SearchField>
      {found.error && (
        <div className="mt-1">
          <Refused error={found.error} />
        </div>
      )}
      {found.isSuccess && !found.isPlaceholderData && hits.length === 0 && (
        <p role="status" className="mt-1 text-quiet">
          {t("nobody")}
        </p>
      )}
      <Afterwards>
        <ListBox
          aria-label={t("patient")}
          className="mt-1 max-h-60 overflow-y-auto rounded-control border border-hairline p-1 outline-none"
          onAction={(key) => {
            const hit = hits.find(({ id }) => id === key);
            if (hit) {
              onChoose(hit);
            } else {
              onNew(text);
            }
          }}
        >
          {hits.map((hit) => (
            <ListBoxItem
              key={hit.id}
              id={hit.id}
              textValue={name(hit.name)}
              className="flex h-8 cursor-default items-center justify-between gap-3 rounded-control px-2 outline-none hover:bg-raised data-focused:bg-raised"
            >
              <span className="truncate">
                <bdi>{name(hit.name)}</bdi>
              </span>
              <span className="shrink-0 text-quiet text-small">{hit.phone && privately(hit.phone)}</span>
            </ListBoxItem>
          ))}
          <ListBoxItem
            id="new-patient"
            textValue={t("newPatient")}
            className="flex h-8 cursor-default items-center gap-2 rounded-control px-2 text-accent outline-none hover:bg-raised data-focused:bg-raised"
          >
            <UserRoundPlus aria-hidden size={16} />
            {t("newPatient")}
          </ListBoxItem>
        </ListBox>
      </Afterwards>
    </div>
  );
}
