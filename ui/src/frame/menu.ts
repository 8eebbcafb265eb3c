/** The menu bar of the window: what the palette offers, in the order of a desktop's menus. */

import { useEffect, useLayoutEffect, useRef } from "react";
import { useTranslations } from "use-intl";

import { type MenuPart, showMenu } from "../lib/api";
import { isMac } from "../lib/keys";
import { takesText } from "../lib/shortcuts";
import { type Command, useOfferedCommands } from "./commands";

type Part = "file" | "edit" | "view" | "go" | "help";

/** Where each command stands; what is not offered on a screen is not shown there. */
const order: [Part, string[][]][] = [
  ["file", [["new-visit", "next-free"], ["print"], ["settings"]]],
  ["edit", [["undo", "redo"]]],
  [
    "view",
    [
      ["day-view", "week-view", "narrow"],
      ["zoom-in", "zoom-out"],
      ["density-compact", "density-comfortable"],
      ["theme-system", "theme-light", "theme-dark"],
      ["privacy", "language"],
    ],
  ],
  [
    "go",
    [
      ["screen-day", "screen-series", "screen-patients", "screen-practitioner", "screen-setup"],
      ["visits-to-move"],
      ["today", "choose-date"],
    ],
  ],
  ["help", [["palette", "keys"]]],
];

/** The keys that the system itself listens to. Single letters are not among them: they are typed into fields. */
const keys: Record<string, string> = {
  undo: "CmdOrCtrl+Z",
  redo: isMac ? "Cmd+Shift+Z" : "Ctrl+Y",
  palette: "CmdOrCtrl+K",
  print: "CmdOrCtrl+P",
  settings: "CmdOrCtrl+,",
  "screen-day": "CmdOrCtrl+1",
  "screen-series": "CmdOrCtrl+2",
  "screen-patients": "CmdOrCtrl+3",
  "screen-practitioner": "CmdOrCtrl+4",
  "screen-setup": "CmdOrCtrl+5",
};

/**
 * Keeps the menu bar in step with what is offered, in the window's language. A part of its own, so that nothing else is
 * drawn again when other commands are offered.
 */
export function MenuBar() {
  const t = useTranslations("menu");
  const commands = useOfferedCommands();
  const current = useRef(commands);
  useEffect(() => {
    current.current = commands;
  });
  const parts = partsOf(commands, t);
  const written = JSON.stringify(parts);
  // Before the picture is drawn, so that the two appear together.
  useLayoutEffect(() => {
    const wanted: MenuPart[] = JSON.parse(written);
    // Without a menu bar every command is in the palette all the same.
    showMenu(wanted, (id) => run(current.current, id)).catch(() => {});
  }, [written]);
  return null;
}

/** The menus that some commands make. */
export function partsOf(commands: readonly Command[], t: (key: Part | "quit") => string): MenuPart[] {
  return order.map(([part, stretches]) => {
    const lines = stretches.map((ids) =>
      ids.flatMap((id) => {
        const command = commands.find((each) => each.id === id);
        return command ? [{ id, label: command.label, keys: keys[id] ?? null }] : [];
      }),
    );
    const quit = { id: "quit", label: t("quit"), keys: "CmdOrCtrl+Q" };
    return {
      title: t(part),
      is_edit: part === "edit",
      stretches: part === "file" ? [...lines, [quit]] : lines,
    };
  });
}

function run(commands: readonly Command[], id: string) {
  // A field of text has an undo of its own.
  if ((id === "undo" || id === "redo") && takesText(document.activeElement)) {
    document.execCommand(id);
    return;
  }
  commands.find((command) => command.id === id)?.run();
}
