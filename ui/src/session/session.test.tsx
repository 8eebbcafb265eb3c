import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { App, Surroundings } from "../frame/app";
import { askAhead } from "../frame/opening";
import { Settings } from "../frame/settings";
import type { SessionView, UserTile } from "../lib/api";
import { createQueryClient } from "../lib/queries";
import { useShortcuts } from "../lib/shortcuts";
import { PatientsScreen } from "../patients/patients-screen";
import { begin, blankAsk, forget, useDraft } from "../series/draft";
import { useDraft as useSetupDraft } from "../setup/drafts";
import { hit, hits, record, visit } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { useIdle } from "./idle";
import { SignedIn, useSession } from "./session";

const fred: UserTile = {
  id: "fred",
  name: "Fred Front",
  role: "front-desk",
  secret: "pin",
  locked_out: false,
};
const olga: UserTile = {
  id: "olga",
  name: "Olga Owner",
  role: "owner",
  secret: "password",
  locked_out: true,
};

const nobody: SessionView = {
  must_sign_in: true,
  user: null,
  may: [],
  idle_minutes: 10,
  proposes_people: false,
};
const signedIn: SessionView = {
  ...nobody,
  must_sign_in: false,
  user: { id: "fred", name: "Fred Front", role: "front-desk", practitioner: null, secret: "pin" },
  may: ["search_patients", "patient_record", "patient_choices", "new_patient"],
};
const olgaSignedIn: SessionView = {
  ...signedIn,
  user: { id: "olga", name: "Olga Owner", role: "owner", practitioner: null, secret: "password" },
};

let client: QueryClient | undefined;
let lockNow = () => {};

/** The patients' screen with the key that locks. */
function Inside() {
  client = useQueryClient();
  const { lock } = useSession();
  useShortcuts({ l: lock });
  lockNow = lock;
  return <PatientsScreen />;
}

function show(begin: SessionView) {
  let present = begin;
  const calls = answerCommands({
    session: () => present,
    sign_in_choices: () => [fred, olga],
    speak: () => null,
    sign_in: ({ person, secret }) => {
      if (secret !== "4071") {
        throw new Refusal("not-allowed", "that is not right; try again");
      }
      present = person === "olga" ? olgaSignedIn : signedIn;
      return present;
    },
    sign_out: () => {
      present = nobody;
      return null;
    },
    search_patients: () => hits([hit()], 1),
    patient_record: ({ id }) => record({ id: String(id), ahead: [visit()] }),
    patient_choices: () => ({ disciplines: [], sensitivities: [] }),
    similar_patients: () => [],
  });
  render(
    <Surroundings>
      <SignedIn>
        <Inside />
      </SignedIn>
    </Surroundings>,
  );
  return calls;
}

test("a tile and a PIN sign in by the keyboard alone; a wrong one is said and may be tried again", async () => {
  const calls = show(nobody);
  await screen.findByRole("button", { name: /Olga Owner/ });
  expect(screen.getByText("Locked out")).toBeDefined();
  expect(calls.some(({ command }) => command === "search_patients")).toBe(false);
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{Enter}");
  const field = await screen.findByLabelText<HTMLInputElement>("PIN");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.keyboard("9999{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("not right");
  expect(field.value).toBe("");
  await userEvent.keyboard("4071{Enter}");
  await screen.findByText("Zoé Gagnon");
});

test("Escape goes back to the people, and the last one is asked at once the next time", async () => {
  localStorage.setItem("ordo.last-user", "fred");
  show(nobody);
  const field = await screen.findByLabelText("PIN");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.keyboard("{Escape}");
  const tile = await screen.findByRole("button", { name: /Fred Front/ });
  await waitFor(() => expect(document.activeElement).toBe(tile));
});

test("one key locks, and nothing of a patient stays on screen or in memory", async () => {
  show(signedIn);
  await userEvent.click(await screen.findByText("Zoé Gagnon"));
  await screen.findByRole("heading", { level: 2, name: "Zoé Gagnon" });
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard("l");
  await screen.findByText("Ordo is locked");
  expect(document.body.innerHTML).not.toContain("Gagnon");
  const kept = [
    ...(client?.getQueryCache().getAll() ?? []).map(({ queryKey, state }) => [queryKey, state.data]),
    ...(client?.getMutationCache().getAll() ?? []).map(({ state }) => state),
  ];
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toMatch(/Gagnon|555|zoe/);
});

test.each([
  ["fred", "zoe"],
  ["olga", undefined],
])("a series begun by %s before the window was locked, and Fred signs in: %s", async (before, kept) => {
  localStorage.setItem("ordo.last-user", before);
  begin(blankAsk("zoe"));
  const setup = renderHook(() => useSetupDraft("clinic", "as it was"));
  act(() => setup.result.current.edit("as it is to be"));
  show(nobody);
  if (before !== "fred") {
    await screen.findByLabelText("Password");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(await screen.findByRole("button", { name: /Fred Front/ }));
  }
  await userEvent.type(await screen.findByLabelText("PIN"), "4071{Enter}");
  await screen.findByText("Zoé Gagnon");
  expect(renderHook(useDraft).result.current?.ask.patient).toBe(kept);
  expect(setup.result.current.isChanged).toBe(kept !== undefined);
  act(() => setup.result.current.discard());
  forget();
});

/** Signs in to a locked window that asks for whoever was here last. */
async function comeBack() {
  await userEvent.type(await screen.findByLabelText("PIN"), "4071{Enter}");
}

/** Begins a patient's record, and has the window locked over it. */
async function lockedOverARecord() {
  localStorage.setItem("ordo.last-user", "fred");
  show(signedIn);
  await screen.findByText("Zoé Gagnon");
  await userEvent.click(screen.getByRole("button", { name: "New" }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Ana Half");
  act(() => lockNow());
  await screen.findByText("Ordo is locked");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.queryByText("Zoé Gagnon")?.checkVisibility?.() ?? false).toBe(false);
}

test("what somebody was typing when the window locked is there when they come back, as often as that is", async () => {
  await lockedOverARecord();
  await comeBack();
  const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Name" });
  expect(field.value).toBe("Ana Half");
  await userEvent.type(field, "-Made");
  act(() => lockNow());
  await comeBack();
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "Name" })).value).toBe(
    "Ana Half-Made",
  );
});

test("what somebody was typing when the window locked goes when somebody else comes", async () => {
  await lockedOverARecord();
  await screen.findByLabelText("PIN");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await screen.findByRole("button", { name: /Olga Owner/ }));
  await userEvent.type(await screen.findByLabelText("Password"), "4071{Enter}");
  await screen.findByText("Zoé Gagnon");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.body.innerHTML).not.toContain("Ana Half");
});

test("whoever is signed in gives themselves another PIN, given the present one", async () => {
  const calls = answerCommands({
    session: () => signedIn,
    change_own_secret: ({ present }) => {
      if (present !== "4071") {
        throw new Refusal("not-allowed", "that is not right; try again");
      }
      return null;
    },
  });
  render(
    <Surroundings>
      <SignedIn>
        <Settings isOpen onClose={() => {}} />
      </SignedIn>
    </Surroundings>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Change my PIN" }));
  await userEvent.type(screen.getByLabelText("Present PIN"), "9999");
  await userEvent.type(screen.getByLabelText(/^New PIN, 4 to 12/), "5820");
  await userEvent.type(screen.getByLabelText("Once more"), "5820{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("not right");
  await userEvent.clear(screen.getByLabelText("Present PIN"));
  await userEvent.type(screen.getByLabelText("Present PIN"), "4071{Enter}");
  await screen.findByText("Your PIN is changed.");
  expect(calls.findLast(({ command }) => command === "change_own_secret")?.values).toEqual({
    present: "4071",
    next: "5820",
  });
});

test("a window that was signed out elsewhere asks who is there", async () => {
  let present = signedIn;
  answerCommands({
    session: () => present,
    sign_in_choices: () => [fred],
    speak: () => null,
    search_patients: () => {
      present = nobody;
      throw new Refusal("signed-out", "sign in first");
    },
    patient_choices: () => ({ disciplines: [], sensitivities: [] }),
  });
  render(
    <Surroundings>
      <SignedIn>
        <Inside />
      </SignedIn>
    </Surroundings>,
  );
  await screen.findByText("Ordo is locked");
});

test("the window locks itself when nobody touched it, even over a sleep of the computer", () => {
  vi.useFakeTimers();
  try {
    const locked = vi.fn();
    renderHook(() => useIdle(2, locked));
    vi.advanceTimersByTime(110_000);
    window.dispatchEvent(new Event("pointermove"));
    vi.advanceTimersByTime(110_000);
    expect(locked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(15_000);
    expect(locked).toHaveBeenCalled();
    locked.mockClear();
    window.dispatchEvent(new Event("keydown"));
    expect(locked).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 3_600_000);
    window.dispatchEvent(new Event("keydown"));
    expect(locked).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});

test("in a clinic that knows no people nothing locks", () => {
  vi.useFakeTimers();
  try {
    const locked = vi.fn();
    renderHook(() => useIdle(0, locked));
    vi.advanceTimersByTime(10 * 3_600_000);
    expect(locked).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

test("a window that opens on a clinic with people shows the way to sign in, and asks no question twice", async () => {
  const calls = answerCommands({
    is_first_start: () => false,
    session: () => nobody,
    sign_in_choices: () => [fred, olga],
    speak: () => null,
    ahead_of_utc: () => 0,
  });
  const opened = createQueryClient();
  await askAhead(opened);
  render(<App client={opened} />);
  await screen.findByRole("button", { name: /Olga Owner/ });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(calls.map(({ command }) => command).sort()).toEqual([
    "ahead_of_utc",
    "hold_open",
    "is_first_start",
    "session",
    "sign_in_choices",
    "speak",
  ]);
});
