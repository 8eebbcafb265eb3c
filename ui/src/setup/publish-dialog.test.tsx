import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { PublishedView, SharingLine } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { SharingSection } from "./sharing-section";

const published = (changes: Partial<PublishedView> = {}): PublishedView => ({
  address: "https://cloud.example/dav/pia/visits/",
  user: "pia",
  state: { kind: "kept" },
  removing: false,
  last: { at: "2026-11-26T10:05:00", created: 3, updated: 1, deleted: 2, unchanged: 120, left: 0 },
  ...changes,
});

function show(
  line: Partial<SharingLine> = {},
  answers: Parameters<typeof answerCommands>[0] = {},
  keychain = true,
) {
  const calls = answerCommands({
    sharing: () => ({
      practitioners: [
        { practitioner: "pia", name: "Pia Côté", names: "initials", feed: null, published: null, ...line },
      ],
      serves: false,
      network: false,
      address: null,
      folder: null,
      problem: null,
      keychain,
    }),
    last_change: () => 7,
    share_account: () => null,
    end_account: () => null,
    ...answers,
  });
  render(
    <Surroundings>
      <SharingSection />
    </Surroundings>,
  );
  return (command: string) => calls.filter((call) => call.command === command).at(-1)?.values;
}

async function open() {
  await userEvent.click(await screen.findByRole("button", { name: "Account of Pia Côté’s calendar" }));
  return within(await screen.findByRole("dialog", { name: "Publish Pia Côté’s calendar" }));
}

test("an account is checked and published to, by Enter from its fields", async () => {
  const called = show();
  const dialog = await open();
  await userEvent.type(dialog.getByRole("textbox", { name: /Address/ }), "https://cloud.example/dav/pia/ ");
  await userEvent.type(dialog.getByRole("textbox", { name: "User" }), "pia");
  await userEvent.type(dialog.getByLabelText("Password"), "secret{Enter}");
  await screen.findByText(/The account is checked/);
  expect(called("share_account")).toEqual({
    practitioner: "pia",
    address: "https://cloud.example/dav/pia/ ",
    user: "pia",
    password: "secret",
  });
  expect(dialog.getByLabelText<HTMLInputElement>("Password").value).toBe("");
});

test("what the server refuses is said, and what is typed stays", async () => {
  show(
    {},
    {
      share_account: () => {
        throw new Refusal("bad-request", "the server does not accept the user and password");
      },
    },
  );
  const dialog = await open();
  await userEvent.type(dialog.getByRole("textbox", { name: /Address/ }), "https://cloud.example/");
  await userEvent.type(dialog.getByRole("textbox", { name: "User" }), "pia");
  await userEvent.type(dialog.getByLabelText("Password"), "wrong");
  await userEvent.click(dialog.getByRole("button", { name: "Check and publish" }));
  expect((await dialog.findByRole("alert")).textContent).toContain("does not accept");
  expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "User" }).value).toBe("pia");
});

test("nothing is sent before everything is entered", async () => {
  const called = show();
  const dialog = await open();
  await userEvent.click(dialog.getByRole("button", { name: "Check and publish" }));
  expect(called("share_account")).toBeUndefined();
});

test("the calendars of an account are found, and one of them taken", async () => {
  const called = show(
    {},
    {
      account_calendars: () => [
        { address: "https://cloud.example/pia/home/", name: "Home" },
        { address: "https://cloud.example/pia/work/", name: "Work" },
      ],
    },
  );
  const dialog = await open();
  await userEvent.type(dialog.getByRole("textbox", { name: /Address/ }), "https://cloud.example/");
  await userEvent.type(dialog.getByRole("textbox", { name: "User" }), "pia");
  await userEvent.type(dialog.getByLabelText("Password"), "secret");
  await userEvent.click(dialog.getByRole("button", { name: "Find calendars" }));
  expect(called("account_calendars")).toMatchObject({ user: "pia", password: "secret" });
  await userEvent.click(await dialog.findByRole("button", { name: /2 calendars found/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Work" }));
  await userEvent.click(dialog.getByRole("button", { name: "Check and publish" }));
  expect(called("share_account")).toMatchObject({ address: "https://cloud.example/pia/work/" });
});

test("how it goes is said in words, and again published with the known password", async () => {
  const called = show({ published: published() });
  const dialog = await open();
  const status = dialog.getAllByRole("status")[0];
  expect(status?.textContent).toContain("Up to date.");
  expect(status?.textContent).toContain("3 new, 1 changed, 2 removed, 120 as before");
  await userEvent.click(dialog.getByRole("button", { name: "Check and publish" }));
  expect(called("share_account")).toMatchObject({ user: "pia", password: null });
});

test.each<[PublishedView["state"], RegExp]>([
  [
    { kind: "delayed", why: "the server cannot be reached" },
    /^The server cannot be reached\. Ordo tries again/,
  ],
  [{ kind: "stopped", why: "there is nothing at this address (404)" }, /^There is nothing at this address/],
  [{ kind: "elsewhere" }, /does not know the password/],
  [{ kind: "working", done: 3, of: 12 }, /Publishing: 3 of 12/],
])("%j is told in the list", async (state, words) => {
  show({ published: published({ state }) });
  expect(await screen.findByText(words)).toBeTruthy();
});

test.each([
  ["Remove them", true],
  ["Leave them there", false],
])("publishing is stopped: %s", async (name, removes) => {
  const called = show({ published: published() });
  const dialog = await open();
  await userEvent.click(dialog.getByRole("button", { name: "Stop publishing…" }));
  expect(called("end_account")).toBeUndefined();
  await userEvent.click(dialog.getByRole("button", { name }));
  expect(called("end_account")).toEqual({ practitioner: "pia", removes, password: null });
  await screen.findByText(/no longer published/);
});

test.each<[PublishedView["state"], RegExp]>([
  [
    { kind: "delayed", why: "the server cannot be reached" },
    /^The server cannot be reached\. Nothing is published any more; Ordo tries again/,
  ],
  [{ kind: "stopped", why: "the server does not accept it" }, /still there until you remove it or leave it/],
  [{ kind: "elsewhere" }, /does not know the password/],
  [{ kind: "waiting" }, /about to be removed/],
  [{ kind: "kept" }, /about to be removed/],
  [{ kind: "working", done: 3, of: 12 }, /Removing: 3 of 12/],
])("while what was published is to be removed, %j is told", async (state, words) => {
  show({ published: published({ state, removing: true }) });
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.queryByText(/Up to date|Published/)).toBeNull();
});

test.each([
  ["Remove them now", true],
  ["Leave them there", false],
])("a removal that waits is ended: %s, with a password that is typed", async (name, removes) => {
  const state = { kind: "stopped", why: "the server does not accept it" } as const;
  const called = show({ published: published({ state, removing: true }) });
  const dialog = await open();
  await userEvent.type(dialog.getByLabelText(/Password/), "newer");
  await userEvent.click(dialog.getByRole("button", { name }));
  expect(called("end_account")).toEqual({ practitioner: "pia", removes, password: "newer" });
});

test.each([
  "the server is busy or has a fault of its own (503); try again later",
  // The language was changed since it was refused.
  "le serveur est occupé ou a une erreur (503); réessayez plus tard",
])("what stands against a removal is told once: %s", async (why) => {
  const called = show(
    { published: published({ state: { kind: "delayed", why }, removing: true }) },
    {
      end_account: () => {
        throw new Refusal(
          "bad-request",
          "the server is busy or has a fault of its own (503); try again later",
        );
      },
    },
  );
  const dialog = await open();
  const remove = dialog.getByRole<HTMLButtonElement>("button", { name: "Remove them now" });
  await userEvent.click(remove);
  await waitFor(() => expect(remove.disabled).toBe(false));
  expect(called("end_account")).toMatchObject({ removes: true });
  expect(dialog.getAllByText(/503/)).toHaveLength(1);
});

test("an account that is to end can be published to again", async () => {
  const called = show({ published: published({ removing: true }) });
  const dialog = await open();
  await userEvent.click(dialog.getByRole("button", { name: "Publish again" }));
  expect(called("share_account")).toMatchObject({ user: "pia", password: null });
});

test("full names and a computer without a keychain are warned of", async () => {
  show({ names: "full" }, {}, false);
  const dialog = await open();
  dialog.getByText(/names patients in full/);
  dialog.getByText(/has no keychain/);
});

test("what is typed is not lost without a question", async () => {
  show();
  const dialog = await open();
  await userEvent.type(dialog.getByRole("textbox", { name: "User" }), "pia");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await dialog.findByRole("button", { name: "Discard" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
