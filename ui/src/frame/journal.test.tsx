import { useQuery } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { putNote, putStatus } from "../lib/api";
import { createQueryClient } from "../lib/queries";
import { setupQuery } from "../setup/queries";
import { answerCommands, Refusal } from "../test/program";
import { Surroundings } from "./app";
import { useDeed, useRefresh, useTellDone, useUndo } from "./journal";
import { clearToasts, tell } from "./toasts";
import { Trouble } from "./trouble";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass, and what is asked in it be answered. */
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

const press = async (name: string, at = 0) => {
  const button = screen.getAllByRole("button", { name })[at];
  fireEvent.click(button ?? document.body);
  await pass(0);
};

/** Ways to save, to do something and to take something back. */
function Window() {
  useRefresh();
  const tellDone = useTellDone();
  const deed = useDeed();
  const { undo } = useUndo();
  const save = (entry: number) => (
    <button type="button" onClick={() => tellDone("Saved.", { entry })}>
      Save {entry}
    </button>
  );
  return (
    <>
      <Trouble />
      {save(4)}
      {save(5)}
      {save(6)}
      <button type="button" onClick={() => undo()}>
        Take back
      </button>
      <button type="button" onClick={() => deed(() => putNote("visit", "", "sings"), "visit")}>
        Write
      </button>
      <button type="button" onClick={() => tell({ text: "not possible", isFault: true })}>
        Fail
      </button>
      <button
        type="button"
        onClick={() =>
          deed(() => putStatus("visit", "arrived"), "visit").then((isDone) => {
            document.title = isDone ? "done" : "not done";
          })
        }
      >
        Arrived
      </button>
    </>
  );
}

const alerts = () => screen.queryAllByRole("alert").map(({ textContent }) => textContent);

function show(answers: Parameters<typeof answerCommands>[0]) {
  const client = createQueryClient();
  const calls = answerCommands({ last_change: () => 6, ...answers });
  render(
    <Surroundings client={client}>
      <Window />
    </Surroundings>,
  );
  return { client, calls };
}

test("two changes that are told in the same words are each taken back by their own toast", async () => {
  const { calls } = show({ undo: () => ({ entry: 6, words: "taken back", patient: null }) });
  await press("Save 4");
  await press("Save 5");
  expect(screen.getAllByText("Saved.")).toHaveLength(2);
  await press("Undo", 0);
  await press("Undo", 0);
  const taken = calls.filter(({ command }) => command === "undo").map(({ values }) => values.entry);
  expect(taken.toSorted()).toEqual([4, 5]);
});

/** What stands in toasts, the newest first. */
const toasts = () => screen.queryAllByRole("alertdialog").map(({ textContent }) => textContent);

const change = (entry: number, words: string) => () => ({ entry, words, patient: null });

test("what is said next of a record takes the place of what can no longer be taken back, and is heard", async () => {
  const { calls } = show({
    put_status: change(7, "arrived"),
    put_note: change(8, "note written"),
    undo: change(9, "taken back"),
  });
  await press("Save 4");
  await press("Arrived");
  expect(alerts()).toContain("arrived");
  await press("Write");
  expect(alerts()).toContain("note written");
  // The change of another record keeps its own way back.
  expect(toasts()).toEqual(["note writtenUndo", "Saved.Undo"]);
  await press("Undo");
  expect(calls.filter(({ command }) => command === "undo").map(({ values }) => values.entry)).toEqual([8]);
});

test("what the keys take back is offered by no toast any more, and only the next can be made again", async () => {
  show({ undo: change(9, "taken back"), put_note: change(10, "note written") });
  await press("Save 4");
  await press("Save 5");
  await press("Take back");
  expect(toasts()).toEqual(["taken backRedo", "Saved.Undo"]);
  await press("Take back");
  expect(toasts()).toEqual(["taken backRedo"]);
  // After another change nothing is made again.
  await press("Write");
  expect(toasts()).toEqual(["note writtenUndo"]);
});

test("at most three toasts stand at once: the oldest goes for good, and what went wrong stays", async () => {
  show({});
  await press("Fail");
  await press("Save 4");
  await press("Save 5");
  await press("Save 6");
  expect(toasts()).toEqual(["Saved.Undo", "Saved.Undo", "not possible"]);
  await pass(9000);
  expect(toasts()).toEqual(["not possible"]);
});

test("whoever signs out leaves no toast behind, nor one that waits for room", async () => {
  show({});
  for (const text of ["one", "two", "three", "four"]) {
    act(() => tell({ text, isFault: true }));
  }
  expect(toasts()).toEqual(["four", "three", "two"]);
  act(() => clearToasts());
  expect(toasts()).toEqual([]);
});

test.each([
  ["cannot-undo", "there is nothing to undo", 0],
  ["busy", "another program is writing", 1],
] as const)(
  "a refusal to take back that is %s goes by itself only where nothing is lost",
  async (...told) => {
    const [code, message, left] = told;
    show({
      undo: () => {
        throw new Refusal(code, message);
      },
    });
    await press("Take back");
    screen.getByText(message);
    await pass(9000);
    expect(screen.queryAllByText(message)).toHaveLength(left);
  },
);

test.each([
  ["Arrived", "arrived"],
  ["Take back", "taken back"],
])("that reading again fails after %s is told, without saying that it is not done", async (what, said) => {
  document.title = "nothing";
  let newest = 6;
  const next = (words: string) => {
    newest += 1;
    return change(newest, words)();
  };
  const { client } = show({
    last_change: () => newest,
    put_status: () => next("arrived"),
    undo: () => next("taken back"),
  });
  await pass(0);
  const { invalidateQueries } = client;
  client.invalidateQueries = () => Promise.reject(new Error("not read again"));
  await press(what);
  screen.getByText(said);
  expect(screen.queryByText("not read again")).toBeNull();
  expect(alerts()).toContainEqual(expect.stringContaining("not read again"));
  expect(document.title).toBe(what === "Arrived" ? "done" : "nothing");
  // The next look reads what could not be read.
  let isRead = false;
  client.invalidateQueries = (...asked) => {
    isRead = true;
    return invalidateQueries.apply(client, asked);
  };
  await pass(1500);
  expect(isRead).toBe(true);
  expect(alerts()).not.toContainEqual(expect.stringContaining("not read again"));
});

test("what could not be read for a moment is read again by itself, and stays until then", async () => {
  const client = createQueryClient();
  let isBusy = false;
  answerCommands({
    last_change: () => 6,
    setup: () => {
      if (isBusy) {
        throw new Refusal("busy", "another program is writing");
      }
      return "read";
    },
  });
  function Screen() {
    useRefresh();
    const query = useQuery(setupQuery());
    return (
      <output>
        {String(query.data)} {query.error?.message}
      </output>
    );
  }
  render(
    <Surroundings client={client}>
      <Screen />
    </Surroundings>,
  );
  await pass(0);
  isBusy = true;
  await act(() => client.invalidateQueries());
  await pass(2500);
  screen.getByText("read another program is writing");
  isBusy = false;
  await pass(1000);
  screen.getByText("read");
});
