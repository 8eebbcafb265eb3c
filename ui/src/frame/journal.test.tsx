import { useQuery } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { putStatus } from "../lib/api";
import { useTellDone } from "../lib/changes";
import { createQueryClient } from "../lib/queries";
import { setupQuery } from "../setup/queries";
import { answerCommands, Refusal } from "../test/program";
import { Surroundings } from "./app";
import { useDeed, useRefresh, useUndo } from "./journal";
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
      <button type="button" onClick={() => undo()}>
        Take back
      </button>
      <button
        type="button"
        onClick={() =>
          deed(() => putStatus("visit", "arrived")).then((isDone) => {
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
  const change = (words: string) => {
    newest += 1;
    return { entry: newest, words, patient: null };
  };
  const { client } = show({
    last_change: () => newest,
    put_status: () => change("arrived"),
    undo: () => change("taken back"),
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
