import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { UpdatesView } from "../lib/api";
import { noteUnsaved } from "../lib/unsaved";
import { answerCommands, Refusal } from "../test/program";
import { UpdatesSection } from "./updates-section";

const quiet: UpdatesView = {
  version: "0.1.0",
  daily: false,
  looked: null,
  said: null,
  refused: false,
  offer: null,
  stage: "idle",
  received: 0,
  total: null,
};
const offer = { version: "0.2.0", notes: "Faster.\n<b>Bold</b>", date: "2026-11-30" };

afterEach(() => noteUnsaved("a note", false));

function show(view: UpdatesView, answers: Parameters<typeof answerCommands>[0] = {}) {
  const calls = answerCommands({
    updates: () => view,
    hold_open: () => null,
    last_change: () => 1,
    ...answers,
  });
  render(
    <Surroundings>
      <UpdatesSection />
    </Surroundings>,
  );
  const made = (command: string) =>
    calls.filter((call) => call.command === command).map(({ values }) => values);
  return { calls, made };
}

const install = async () =>
  userEvent.click(await screen.findByRole("button", { name: "Install and restart" }));

test("nothing is asked of anybody's server until somebody presses or chooses it", async () => {
  const { calls, made } = show(quiet, { look_for_update: () => null, look_daily: () => null });
  await screen.findByText("0.1.0");
  expect(calls.map(({ command }) => command)).not.toContain("look_for_update");
  const daily = screen.getByRole("checkbox", { name: "Look once a day" });
  expect(daily).toHaveProperty("checked", false);
  await userEvent.click(daily);
  expect(made("look_daily")).toEqual([{ daily: true }]);
  await userEvent.click(screen.getByRole("button", { name: "Look for a new version" }));
  expect(made("look_for_update").length).toBe(1);
});

test("an update is fetched, then installed, and what is new in it is text", async () => {
  const { calls } = show({ ...quiet, offer }, { fetch_update: () => null, install_update: () => null });
  await screen.findByRole("heading", { name: "Version 0.2.0 waits" });
  expect(screen.getByText(/<b>Bold<\/b>/)).toBeDefined();
  await install();
  const taking = calls.map(({ command }) => command).filter((command) => command.endsWith("_update"));
  expect(taking).toEqual(["fetch_update", "install_update"]);
});

test("what is not saved is asked about before anything is fetched", async () => {
  noteUnsaved("a note", true);
  const { made } = show({ ...quiet, offer }, { fetch_update: () => null, install_update: () => null });
  await install();
  const dialog = await screen.findByRole("dialog", { name: "Restart Ordo?" });
  expect(made("fetch_update")).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep editing" }));
  expect(made("fetch_update")).toEqual([]);
  await install();
  await userEvent.click(await screen.findByRole("button", { name: "Discard and install" }));
  expect(made("install_update")).toEqual([{ discard: true }]);
});

test("what was begun while the update came is asked about before it is installed", async () => {
  const { made } = show(
    { ...quiet, offer },
    {
      fetch_update: () => null,
      install_update: ({ discard }) => {
        if (!discard) {
          throw new Refusal("unsaved", "something is not saved");
        }
        return null;
      },
    },
  );
  await install();
  await userEvent.click(await screen.findByRole("button", { name: "Discard and install" }));
  expect(made("install_update")).toEqual([{ discard: false }, { discard: true }]);
});

test("a refusal is told once, at once, and one can try again", async () => {
  const words = "The update is not what its makers signed.";
  let said: string | null = null;
  const { made } = show(quiet, {
    updates: () => ({ ...quiet, offer, said, refused: said !== null }),
    fetch_update: () => {
      said = words;
      throw new Refusal("update", words);
    },
  });
  await install();
  expect(await screen.findAllByText(words)).toHaveLength(1);
  expect(made("install_update")).toEqual([]);
  expect(screen.getByRole("button", { name: "Install and restart" })).toHaveProperty("disabled", false);
});

test("what is refused for another reason is told too", async () => {
  show(
    { ...quiet, offer },
    {
      fetch_update: () => {
        throw new Refusal("not-allowed", "an owner may do that");
      },
    },
  );
  await install();
  await screen.findByText(/An owner may do that/);
});

test("how far it has come is shown", async () => {
  show({ ...quiet, offer, stage: "fetching", received: 3_200, total: 12_800 });
  const bar = await screen.findByRole("progressbar", { name: "Fetching: 3.2 of 12.8 MB" });
  expect(bar.getAttribute("aria-valuenow")).toBe("25");
  expect(screen.getByRole("button", { name: "Install and restart" })).toHaveProperty("disabled", true);
});
