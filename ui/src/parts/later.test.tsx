import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { useShortcuts } from "../lib/shortcuts";
import { Words } from "../test/words";
import { atOnce, later, overlay } from "./later";

const Card = ({ name }: { name: string }) => <p>Card of {name}</p>;

test("a part is loaded when it is first shown, once, and gets what it is given", async () => {
  let loads = 0;
  const Part = overlay(async () => {
    loads += 1;
    return Card;
  });
  expect(loads).toBe(0);
  const shown = render(<Part name="Anna" />);
  expect(screen.queryByText("Card of Anna")).toBeNull();
  await screen.findByText("Card of Anna");
  shown.rerender(<Part name="Bea" />);
  expect(screen.getByText("Card of Bea")).toBeDefined();
  expect(loads).toBe(1);
});

test("a part that was loaded ahead stands in the first picture", async () => {
  const Part = later(async () => Card);
  await Part.ahead();
  render(<Part name="Anna" />);
  expect(screen.getByText("Card of Anna")).toBeDefined();
});

test("a part that cannot be loaded says so, and is loaded when it is tried again", async () => {
  let isThere = false;
  const Part = later(async () => {
    if (!isThere) {
      throw new Error("no such module");
    }
    return Card;
  });
  render(<Part name="Anna" />, { wrapper: Words });
  const again = await screen.findByRole("button", { name: "Try again" });
  isThere = true;
  await userEvent.click(again);
  await screen.findByText("Card of Anna");
});

test("what is typed before a part is here waits for it, and is no shortcut meanwhile", async () => {
  let arrive = (_: typeof Search) => {};
  const Part = atOnce(
    () =>
      new Promise<typeof Search>((done) => {
        arrive = done;
      }),
  );
  function Search() {
    const [text, setText] = useState("");
    return (
      <>
        {/* biome-ignore lint/a11y/noAutofocus: as a search that opens has the keyboard. */}
        <input autoFocus aria-label="Search" value={text} onChange={(event) => setText(event.target.value)} />
        <output>{text}</output>
      </>
    );
  }
  const book = vi.fn();
  function Window() {
    useShortcuts({ n: book });
    return (
      <>
        <button type="button">Day</button>
        <Part />
      </>
    );
  }
  render(<Window />);
  screen.getByRole("button").focus();
  await userEvent.keyboard("anna");
  expect(book).not.toHaveBeenCalled();
  const frames: FrameRequestCallback[] = [];
  const paint = vi.spyOn(window, "requestAnimationFrame").mockImplementation((frame) => frames.push(frame));
  arrive(Search);
  await screen.findByLabelText("Search");
  // The hand goes on between the part's coming and its being painted.
  await userEvent.keyboard(" ");
  act(() => {
    while (frames.length > 0) {
      frames.shift()?.(0);
    }
  });
  paint.mockRestore();
  expect(screen.getByRole("status").textContent).toBe("anna ");
  await userEvent.keyboard("k");
  expect(screen.getByRole("status").textContent).toBe("anna k");
});
