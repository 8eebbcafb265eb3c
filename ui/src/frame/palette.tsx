import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarDays, type LucideIcon, UserRound, UserRoundCheck } from "lucide-react";
import { memo, useState } from "react";
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useLocale, useTranslations } from "use-intl";

import { readMoment } from "../lib/moments";
import { useTimes } from "../lib/times";
import { currentDate } from "../lib/today";
import { useNames, usePrivately } from "../lib/words";
import { Dialog } from "../parts/dialog";
import { useDrawn } from "../parts/in-pieces";
import { Scroller } from "../parts/scroller";
import { hitAt, searchQuery } from "../patients/queries";
import { practitionersQuery } from "../practitioner/queries";
import { useOfferedCommands } from "./commands";
import { useNavigation } from "./navigation";

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Something the palette leads to. */
interface Way {
  id: string;
  label: string;
  /** What tells it from others of the same name. */
  detail?: string | undefined;
  keys?: string | undefined;
  icon?: LucideIcon;
  run: () => void;
}

/** How many patients it lists. */
const OFFERED = 6;

/** How many letters of a patient's name are asked for, so that commands stay at hand. */
const LETTERS = 2;

/** Patients, practitioners, days, screens and commands by what they are called. */
export function Palette({ isOpen, onClose }: PaletteProps) {
  const t = useTranslations("frame");
  return (
    <Dialog title={t("commands")} isBare width="card" isOpen={isOpen} onClose={onClose}>
      <Finder onClose={onClose} />
    </Dialog>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const t = useTranslations("frame");
  const [text, setText] = useState("");
  // A letter is seen at once; what it finds is drawn in pieces.
  const sought = useDrawn(text);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={t("search")} autoFocus className="border-hairline border-b">
        <Input
          placeholder={t("search")}
          className="h-12 w-full select-text bg-transparent px-4 text-title outline-none placeholder:text-quiet"
        />
      </SearchField>
      <Ways sought={sought} onClose={onClose} />
    </Autocomplete>
  );
}

interface WaysProps {
  sought: string;
  onClose: () => void;
}

/** What is found of each kind. */
const Ways = memo(function Ways({ sought, onClose }: WaysProps) {
  const t = useTranslations("frame");
  const sections = [
    { id: "dates", title: t("dates"), ways: useDates(sought) },
    { id: "practitioners", title: t("practitioners"), ways: usePractitioners(sought) },
    { id: "patients", title: t("patients"), ways: usePatients(sought) },
    { id: "commands", title: t("commands"), ways: useCommandsNamed(sought) },
  ].filter(({ ways }) => ways.length > 0);
  const run = (id: string) => {
    onClose();
    sections
      .flatMap(({ ways }) => ways)
      .find((way) => way.id === id)
      ?.run();
  };
  return (
    <Scroller className="max-h-[56vh]">
      <Menu
        aria-label={t("commands")}
        className="p-1.5 outline-none"
        onAction={(key) => run(String(key))}
        renderEmptyState={() => <p className="px-3 py-4 text-quiet">{t("noCommand")}</p>}
      >
        {sections.map(({ id, title, ways }) => (
          <MenuSection key={id} id={id} aria-label={title}>
            <Header className="px-3 pt-2 pb-1 text-quiet text-small">{title}</Header>
            {ways.map((way) => (
              <MenuItem
                key={way.id}
                id={way.id}
                textValue={way.label}
                className="flex h-8 items-center gap-2.5 rounded-control px-3 outline-none focus:bg-raised data-focused:bg-raised"
              >
                {way.icon && <way.icon aria-hidden size={16} className="shrink-0 text-quiet" />}
                <bdi className="truncate">{way.label}</bdi>
                {way.detail && <span className="ml-auto shrink-0 text-quiet text-small">{way.detail}</span>}
                {way.keys && (
                  <kbd className="ml-auto shrink-0 font-sans text-quiet text-small">{way.keys}</kbd>
                )}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Scroller>
  );
});

function useDates(text: string): Way[] {
  const { leaveFor } = useNavigation();
  const { date: said } = useTimes();
  const language = useLocale();
  const day = readMoment(text, currentDate(), language)?.date;
  return day
    ? [
        {
          id: `date-${day}`,
          label: said(day),
          icon: CalendarDays,
          run: () => leaveFor("day", { date: day.toString() }),
        },
      ]
    : [];
}

function usePatients(text: string): Way[] {
  const { leaveFor } = useNavigation();
  const { plainDate } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  const isAsked = text.trim().length >= LETTERS;
  const client = useQueryClient();
  const query = useQuery({ ...searchQuery(text, OFFERED), enabled: isAsked });
  if (!isAsked) {
    return [];
  }
  return (query.data?.hits ?? []).map((hit, at) => {
    const detail = [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone].filter(Boolean).join(" · ");
    return {
      id: `patient-${hit.id}`,
      label: name(hit.name),
      detail: detail && privately(detail),
      icon: UserRound,
      run: async () => {
        // Whoever does not fit all that is typed is not meant.
        const meant = query.isPlaceholderData ? await hitAt(client, text, at, OFFERED) : hit;
        if (meant) {
          leaveFor("patients", { patient: meant.id });
        }
      },
    };
  });
}

function usePractitioners(text: string): Way[] {
  const t = useTranslations("frame");
  const { leaveFor } = useNavigation();
  const { contains } = useFilter({ sensitivity: "base" });
  const query = useQuery(practitionersQuery());
  if (text.trim() === "") {
    return [];
  }
  return (query.data ?? [])
    .filter(({ name }) => contains(name, text.trim()))
    .map(({ id, name }) => ({
      id: `practitioner-${id}`,
      label: name,
      detail: t("practitioner"),
      icon: UserRoundCheck,
      run: () => leaveFor("practitioner", { practitioner: id }),
    }));
}

function useCommandsNamed(text: string): Way[] {
  const { contains } = useFilter({ sensitivity: "base" });
  const said = text.trim();
  return useOfferedCommands()
    .filter(({ label }) => said === "" || contains(label, said))
    .map(({ id, label, keys, run }) => ({ id, label, keys, run }));
}
