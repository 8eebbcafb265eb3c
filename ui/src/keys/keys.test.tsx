import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import type { KeyState } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { closedClinic, showStart } from "../test/start";
import { FirstKey } from "./first-key";
import { KeysSection } from "./keys-section";

const groups = ["0A1B2", "C3D4E", "F5G6H", "J7K8M", "N9PQR", "STVWX", "YZ012", "34567"];
const paper = { groups, asked: 3 };

const state = (changes: Partial<KeyState> = {}): KeyState => ({
  place: "keychain",
  has_recovery_key: true,
  keychain_is_there: true,
  ...changes,
});

function show(answers: Parameters<typeof answerCommands>[0]) {
  const calls = answerCommands({ draft_recovery_key: () => paper, ...answers });
  render(
    <Surroundings>
      <KeysSection />
    </Surroundings>,
  );
  return calls;
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const sent = (calls: ReturnType<typeof answerCommands>, wanted: string) =>
  calls.filter(({ command }) => command === wanted).map(({ values }) => values);

test("a clinic on a computer without a keychain is protected by a passphrase and a paper", async () => {
  const done = vi.fn();
  const calls = answerCommands({
    key_state: () => state({ place: "file", has_recovery_key: false, keychain_is_there: false }),
    draft_recovery_key: () => paper,
    protect_key: ({ group }) => {
      if (group !== groups[2]) {
        throw new Refusal("bad-request", "that is not group 3");
      }
      return null;
    },
  });
  render(
    <Surroundings>
      <FirstKey onDone={done} />
    </Surroundings>,
  );
  await userEvent.type(
    await screen.findByLabelText("New passphrase, 12 characters or more"),
    "otters in reeds",
  );
  await userEvent.type(screen.getByLabelText("Once more"), "otters in reads");
  await press("Next");
  await screen.findByText("The two are not the same.");
  expect(sent(calls, "draft_recovery_key")).toEqual([]);
  await userEvent.clear(screen.getByLabelText("Once more"));
  await userEvent.type(screen.getByLabelText("Once more"), "otters in reeds");
  await press("Next");
  for (const group of groups) {
    expect(await screen.findByText(group)).toBeDefined();
  }
  await userEvent.type(screen.getByRole("textbox", { name: "Group 3 from the paper" }), "xxxxx");
  await press("Protect the clinic");
  await screen.findByText("That is not group 3");
  expect(done).not.toHaveBeenCalled();
  await userEvent.clear(screen.getByRole("textbox", { name: "Group 3 from the paper" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Group 3 from the paper" }), "F5G6H");
  await press("Protect the clinic");
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent(calls, "protect_key").at(-1)).toEqual({ group: "F5G6H", passphrase: "otters in reeds" });
});

test("with a keychain nobody thinks of a passphrase, and a key from outside is left alone", async () => {
  const done = vi.fn();
  let place: KeyState["place"] = "file";
  const calls = answerCommands({
    key_state: () => state({ place, has_recovery_key: false }),
    draft_recovery_key: () => paper,
    protect_key: () => null,
  });
  const first = render(
    <Surroundings>
      <FirstKey onDone={done} />
    </Surroundings>,
  );
  await screen.findByText(/opens the clinic without being asked/);
  await press("Next");
  await userEvent.type(await screen.findByRole("textbox", { name: /Group 3/ }), "F5G6H");
  await press("Protect the clinic");
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent(calls, "protect_key")).toEqual([{ group: "F5G6H", passphrase: null }]);
  first.unmount();
  place = "given";
  render(
    <Surroundings>
      <FirstKey onDone={done} />
    </Surroundings>,
  );
  await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(2));
});

test("a paper is renewed, a passphrase set, and the key goes back into the keychain", async () => {
  let place: KeyState["place"] = "keychain";
  const calls = show({
    key_state: () => state({ place }),
    renew_recovery_key: () => null,
    move_key: ({ passphrase }) => {
      place = passphrase === null ? "keychain" : "passphrase";
      return null;
    },
  });
  await screen.findByText(/kept in this computer’s keychain; nobody/);
  await press("Make a recovery key…");
  await userEvent.type(await screen.findByRole("textbox", { name: /Group 3/ }), "f5g6h");
  await press("Use this recovery key");
  await screen.findByText(/destroy the paper before it/);
  expect(sent(calls, "renew_recovery_key")).toEqual([{ group: "f5g6h" }]);
  await press("Use a passphrase…");
  await userEvent.type(screen.getByLabelText("New passphrase, 12 characters or more"), "otters in reeds");
  await userEvent.type(screen.getByLabelText("Once more"), "otters in reeds");
  await press("Use this passphrase");
  await screen.findByText(/under a passphrase, which is asked for at each start/);
  await press("Use the keychain");
  await screen.findByText(/kept in this computer’s keychain; nobody/);
  expect(sent(calls, "move_key")).toEqual([{ passphrase: "otters in reeds" }, { passphrase: null }]);
});

test("a key in a plain file offers nothing but a new one", async () => {
  show({ key_state: () => state({ place: "file", has_recovery_key: false }) });
  await screen.findByText(/lies in a plain file/);
  expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual(["Make a new key…"]);
});

test("a computer without the key asks for the passphrase or the paper, and says what is wrong", async () => {
  const { needsKey, unlock } = closedClinic();
  const calls = answerCommands({
    is_first_start: () => {
      needsKey();
      return false;
    },
    unlock_clinic: unlock,
  });
  showStart();
  const field = await screen.findByLabelText("Passphrase or recovery key");
  expect(field).toHaveProperty("type", "password");
  await press("Show");
  expect(field).toHaveProperty("type", "text");
  await userEvent.type(field, "badgers");
  await press("Open the clinic");
  await screen.findByText("That does not open the clinic");
  await userEvent.clear(field);
  await userEvent.type(field, "otters in reeds");
  await press("Open the clinic");
  await screen.findByText("the window");
  expect(sent(calls, "unlock_clinic").at(-1)).toEqual({ secret: "otters in reeds", language: "en" });
});
