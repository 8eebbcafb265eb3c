import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { noteUnsaved } from "../lib/unsaved";
import { useLeaving } from "../lib/use-leaving";
import { askNext, begin, blankAsk, forget, noteBooked, takeBack } from "../series/draft";
import { answerCommands } from "../test/program";
import { Surroundings } from "./app";

/** A form with something typed in it. */
function Form({ isChanged }: { isChanged: boolean }) {
  useLeaving(isChanged, () => {});
  return null;
}

/** A window whose program answers; gives what it was told and a way to try to close it. */
function open(isChanged: boolean, close: () => null = () => null) {
  const held: { isUnsaved: boolean; asked: { onmessage: (message: null) => void } }[] = [];
  const calls = answerCommands({
    hold_open: ({ isUnsaved, asked }) => {
      held.push({ isUnsaved: Boolean(isUnsaved), asked: asked as (typeof held)[number]["asked"] });
      return null;
    },
    close_window: close,
  });
  const page = (changed: boolean) => (
    <Surroundings>
      <Form isChanged={changed} />
    </Surroundings>
  );
  const { rerender, unmount } = render(page(isChanged));
  return {
    calls,
    told: () => held.map(({ isUnsaved }) => isUnsaved),
    tryToClose: () => act(() => held.at(-1)?.asked.onmessage(null)),
    change: (changed: boolean) => rerender(page(changed)),
    unmount,
  };
}

test("nothing holds a window open in which nothing is begun", () => {
  expect(open(false).told()).toEqual([false]);
});

test("what is typed and not saved is asked about; going on is asked about again", async () => {
  const { told, tryToClose, calls } = open(true);
  expect(told().at(-1)).toBe(true);
  tryToClose();
  await screen.findByText(/not saved/);
  const before = told().length;
  await userEvent.click(screen.getByRole("button", { name: "Keep editing" }));
  expect(screen.queryByText(/not saved/)).toBeNull();
  expect(told().slice(before)).toEqual([true]);
  tryToClose();
  await userEvent.click(await screen.findByRole("button", { name: "Discard and close" }));
  expect(calls.filter(({ command }) => command === "close_window")).toHaveLength(1);
});

test("a window that cannot be closed says so", async () => {
  const { tryToClose } = open(true, () => {
    throw new Error("the window is held");
  });
  tryToClose();
  await userEvent.click(await screen.findByRole("button", { name: "Discard and close" }));
  await screen.findByText("the window is held");
});

test("the question goes with what it was about", async () => {
  const { change, told, tryToClose } = open(true);
  tryToClose();
  await screen.findByText(/not saved/);
  change(false);
  expect(screen.queryByText(/not saved/)).toBeNull();
  expect(told().at(-1)).toBe(false);
});

test("a series in the making is something begun, until it is booked, taken back or forgotten", () => {
  const { told } = open(false);
  const isHeld = (does: () => void) => {
    act(does);
    return told().at(-1);
  };
  const ask = blankAsk("ana");
  expect(isHeld(() => begin(ask))).toBe(false);
  expect(isHeld(() => askNext({ ...ask, weeks: 8 }))).toBe(true);
  expect(isHeld(() => void takeBack())).toBe(false);
  expect(isHeld(() => askNext({ ...ask, weeks: 9 }))).toBe(true);
  expect(isHeld(() => noteBooked({ series: "s", visits: 3, first: undefined }))).toBe(false);
  expect(isHeld(forget)).toBe(false);
});

test("a part of the set-up that is begun holds it too, also while another screen is shown", () => {
  const { told, unmount } = open(false);
  act(() => noteUnsaved("setup", true));
  expect(told().at(-1)).toBe(true);
  act(() => noteUnsaved("setup", false));
  expect(told().at(-1)).toBe(false);
  unmount();
});
