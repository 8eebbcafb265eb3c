import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider, useTranslations } from "use-intl";

import { command } from "../lib/keys";
import { createQueryClient } from "../lib/queries";
import { useCombinations, useShortcuts } from "../lib/shortcuts";
import { useClinicClock } from "../lib/today";
import { useDrawn } from "../parts/in-pieces";
import { atOnce, overlay, useLoadedAhead } from "../parts/later";
import { SignedIn, useSession } from "../session/session";
import { Start } from "../setup/start";
import { Closing } from "./closing";
import { useCommands } from "./commands";
import { useRefresh, useUndo } from "./journal";
import { useProgramLanguage, useSpoken } from "./language";
import { MenuBar } from "./menu";
import { NavigationProvider, type ScreenId, useNavigation } from "./navigation";
import { Notices } from "./notices";
import { choose, preferences, usePreferences } from "./preferences";
import { Progress } from "./progress";
import { Rail } from "./rail";
import { useScreens } from "./screens";
import { useDocument } from "./theme";
import { Toasts } from "./toasts";
import { Trouble } from "./trouble";

const Palette = atOnce(() => import("./palette").then((part) => part.Palette));
const KeyMap = overlay(() => import("./key-map").then((part) => part.KeyMap));
const Settings = overlay(() => import("./settings").then((part) => part.Settings));

/** The whole window. */
export function App({ client }: { client: QueryClient }) {
  return (
    <Surroundings client={client}>
      <Start>
        <SignedIn>
          <OnClinicTime>
            <Frame />
          </OnClinicTime>
        </SignedIn>
      </Start>
    </Surroundings>
  );
}

/** Waits for the clinic's clock, so that no screen begins with another day's date. */
function OnClinicTime({ children }: { children: ReactNode }) {
  return useDrawn(useClinicClock()) ? children : null;
}

/** What every part of the window relies on: words, the program's answers, the place. */
export function Surroundings({ client, children }: { client?: QueryClient; children: ReactNode }) {
  const { language, words } = useSpoken();
  const [own] = useState(() => client ?? createQueryClient());
  useDocument(language);
  return (
    <IntlProvider locale={language} messages={words} timeZone="UTC">
      <I18nProvider locale={`${language}-CA`}>
        <QueryClientProvider client={own}>
          <NavigationProvider>
            {children}
            <Progress />
            <Toasts />
            <Closing />
          </NavigationProvider>
        </QueryClientProvider>
      </I18nProvider>
    </IntlProvider>
  );
}

function Frame() {
  const [open, setOpen] = useState<"palette" | "keys" | "settings">();
  const { screen, leaveFor } = useNavigation();
  const openKeys = useCallback(() => setOpen("keys"), []);
  const openSettings = useCallback(() => setOpen("settings"), []);
  const openPalette = useCallback(() => setOpen("palette"), []);
  const journal = useUndo();
  const { lock } = useSession();
  const screens = useScreens();
  useRefresh();
  useProgramLanguage();
  useFrameCommands(openPalette, openKeys, openSettings, journal);
  useLoadedAhead();
  useShortcuts({
    "?": openKeys,
    h: () => choose({ isPrivate: !preferences().isPrivate }),
    l: lock,
  });
  useCombinations({
    k: openPalette,
    ",": openSettings,
    z: () => journal.undo(),
    "Shift+z": () => journal.redo(),
    y: () => journal.redo(),
    ...Object.fromEntries(screens.map(({ id }, at) => [String(at + 1), () => leaveFor(id)])),
  });
  const content = useFocusOn(screen);
  const Shown = screens.find(({ id }) => id === screen)?.Screen;
  const close = () => setOpen(undefined);
  return (
    <div className="flex h-full max-sm:flex-col print:block">
      <Rail onPalette={() => setOpen("palette")} onKeys={openKeys} onSettings={openSettings} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col print:block">
        <Trouble />
        <Notices />
        <div ref={content} tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {Shown && <Shown />}
        </div>
      </div>
      <MenuBar />
      {open === "palette" && <Palette isOpen onClose={close} />}
      {open === "keys" && <KeyMap isOpen onClose={close} />}
      {open === "settings" && <Settings isOpen onClose={close} />}
    </div>
  );
}

/** Where the keyboard goes when what it was on is gone with the screen before. */
function useFocusOn(screen: ScreenId) {
  const content = useRef<HTMLDivElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current !== screen && document.activeElement === document.body) {
      content.current?.focus();
    }
    shown.current = screen;
  }, [screen]);
  return content;
}

function useFrameCommands(
  onPalette: () => void,
  onKeys: () => void,
  onSettings: () => void,
  { undo, redo }: ReturnType<typeof useUndo>,
) {
  const t = useTranslations("frame");
  const { leaveFor } = useNavigation();
  const { isPrivate, language } = usePreferences();
  const { user, proposesPeople, lock } = useSession();
  const session = useTranslations("session");
  const screens = useScreens();
  const commands = useMemo(
    () => [
      ...screens.map(({ id }, at) => ({
        id: `screen-${id}`,
        label: t(id),
        keys: `Ctrl ${at + 1}`,
        run: () => leaveFor(id),
      })),
      {
        id: "visits-to-move",
        label: t("visitsToMove"),
        run: () => leaveFor("setup", { section: "misplaced" }),
      },
      { id: "undo", label: t("undo"), keys: "Ctrl Z", run: () => undo() },
      { id: "redo", label: t("redo"), keys: "Ctrl Y", run: () => redo() },
      {
        id: "privacy",
        label: t(isPrivate ? "privacyOff" : "privacyOn"),
        keys: "H",
        run: () => choose({ isPrivate: !isPrivate }),
      },
      {
        id: "language",
        label: language === "fr" ? t("toEnglish") : t("toFrench"),
        run: () => choose({ language: language === "fr" ? "en" : "fr" }),
      },
      { id: "theme-system", label: t("themeSystem"), run: () => choose({ theme: "system" }) },
      { id: "theme-light", label: t("themeLight"), run: () => choose({ theme: "light" }) },
      { id: "theme-dark", label: t("themeDark"), run: () => choose({ theme: "dark" }) },
      { id: "density-compact", label: t("densityCompact"), run: () => choose({ density: "compact" }) },
      {
        id: "density-comfortable",
        label: t("densityComfortable"),
        run: () => choose({ density: "comfortable" }),
      },
      { id: "palette", label: t("commands"), keys: `${command} K`, run: onPalette },
      ...(user ? [{ id: "lock", label: session("lock"), keys: "L", run: lock }] : []),
      ...(proposesPeople
        ? [{ id: "people", label: session("addPeople"), run: () => leaveFor("setup", { section: "people" }) }]
        : []),
      { id: "keys", label: t("keys"), keys: "?", run: onKeys },
      { id: "settings", label: t("settings"), keys: "Ctrl ,", run: onSettings },
    ],
    [
      t,
      session,
      leaveFor,
      isPrivate,
      language,
      onPalette,
      onKeys,
      onSettings,
      undo,
      redo,
      user,
      proposesPeople,
      lock,
      screens,
    ],
  );
  useCommands(commands);
}
