import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { SharingView } from "../lib/api";
import { answerCommands } from "../test/program";
import { SharingSection } from "./sharing-section";

const view = (changes: Partial<SharingView> = {}): SharingView => ({
  practitioners: [
    { practitioner: "pia", name: "Pia Côté", names: "initials", feed: "/calendar/abc.ics", published: null },
    { practitioner: "max", name: "Max Roy", names: "busy", feed: null, published: null },
  ],
  serves: true,
  network: false,
  address: "http://127.0.0.1:8437",
  folder: null,
  problem: null,
  keychain: true,
  ...changes,
});

function show(shown: SharingView) {
  const nothing = () => null;
  const calls = answerCommands({
    sharing: () => shown,
    share_names: nothing,
    share_feed: nothing,
    serve_feeds: nothing,
    share_folder: nothing,
  });
  render(
    <Surroundings>
      <SharingSection />
    </Surroundings>,
  );
  const called = (command: string) => calls.filter((call) => call.command === command).at(-1)?.values;
  return called;
}

test("full names are told only after a warning", async () => {
  const called = show(view());
  await userEvent.click(await screen.findByRole("button", { name: /What Pia Côté’s calendar tells/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Full names and notes" }));
  const dialog = await screen.findByRole("dialog", { name: "Full names leave the clinic" });
  expect(called("share_names")).toBeUndefined();
  await userEvent.click(within(dialog).getByRole("button", { name: "Tell full names" }));
  expect(called("share_names")).toMatchObject({ practitioner: "pia", names: "full" });
});

test("a feed is started, ended, and its address copied", async () => {
  const called = show(view());
  await userEvent.click(await screen.findByRole("button", { name: "Start feed: Max Roy" }));
  expect(called("share_feed")).toMatchObject({ practitioner: "max", feed: true });
  await userEvent.click(screen.getByRole("button", { name: "End feed: Pia Côté" }));
  expect(called("share_feed")).toMatchObject({ practitioner: "pia", feed: false });
  await userEvent.click(screen.getByRole("button", { name: "Copy address: Pia Côté" }));
  expect(await navigator.clipboard.readText()).toBe("http://127.0.0.1:8437/calendar/abc.ics");
});

test("a folder is kept, and what stands in the way is told", async () => {
  const called = show(view({ problem: "the port is taken", address: null }));
  await screen.findByText("the port is taken");
  await userEvent.type(screen.getByRole("textbox", { name: "Folder" }), "/srv/calendars");
  await userEvent.click(screen.getByRole("button", { name: "Keep up to date" }));
  expect(called("share_folder")).toMatchObject({ folder: "/srv/calendars" });
});

test("the server runs for this machine or for the network", async () => {
  const called = show(view());
  await userEvent.click(await screen.findByRole("checkbox", { name: /other devices/ }));
  expect(called("serve_feeds")).toMatchObject({ serves: true, network: true });
  await userEvent.click(screen.getByRole("checkbox", { name: /while Ordo is open/ }));
  expect(called("serve_feeds")).toMatchObject({ serves: false, network: false });
});
