import { expect, test } from "vitest";

import type { Command } from "./commands";
import { partsOf } from "./menu";

const command = (id: string): Command => ({ id, label: `Do ${id}`, run: () => {} });

test("the menus hold what is offered, in a desktop's order, with the keys that the system listens to", () => {
  const parts = partsOf(["redo", "undo", "print", "keys"].map(command), (key) => key);
  expect(parts.map(({ title, stretches }) => [title, stretches.flat().map(({ id }) => id)])).toEqual([
    ["file", ["print", "quit"]],
    ["edit", ["undo", "redo"]],
    ["view", []],
    ["go", []],
    ["help", ["keys"]],
  ]);
  const lines = parts.flatMap(({ stretches }) => stretches.flat());
  expect(lines.find(({ id }) => id === "undo")).toEqual({
    id: "undo",
    label: "Do undo",
    keys: "CmdOrCtrl+Z",
  });
  expect(lines.find(({ id }) => id === "keys")?.keys).toBeNull();
});

test("no key of the menu is a letter by itself, which would be taken from every field", () => {
  const everything = [
    ...["new-visit", "next-free", "print", "undo", "redo", "palette", "keys", "today", "screen-day"],
  ].map(command);
  for (const { keys } of partsOf(everything, (key) => key).flatMap(({ stretches }) => stretches.flat())) {
    expect(keys ?? "CmdOrCtrl+").toMatch(/^(CmdOrCtrl|Ctrl|Cmd\+Shift)\+/);
  }
});
