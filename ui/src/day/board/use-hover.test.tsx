import { act, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useHover } from "./use-hover";

function Board() {
  const { hovered, region, scrolled } = useHover(false);
  return (
    <>
      <div data-testid="board" {...region} onScroll={scrolled}>
        <p data-appointment="one">One</p>
        <p data-appointment="two">Two</p>
      </div>
      <output>{hovered?.id}</output>
    </>
  );
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function show() {
  const { getByText, getByTestId, getByRole } = render(<Board />);
  return {
    over: (name: string) => fireEvent.pointerOver(getByText(name), { pointerType: "mouse", buttons: 0 }),
    scroll: () => fireEvent.scroll(getByTestId("board")),
    wait: (ms: number) => act(() => vi.advanceTimersByTime(ms)),
    shown: () => getByRole("status").textContent,
  };
}

test("the card shows when the pointer has rested on a visit", () => {
  const { over, wait, shown } = show();
  over("One");
  wait(400);
  expect(shown()).toBe("");
  wait(100);
  expect(shown()).toBe("one");
});

test("scrolling puts the card away, and where the pointer then rests its visit's turn begins anew", () => {
  const { over, scroll, wait, shown } = show();
  over("One");
  wait(500);
  scroll();
  expect(shown()).toBe("");
  over("Two");
  scroll();
  wait(400);
  expect(shown()).toBe("");
  wait(100);
  expect(shown()).toBe("two");
});

test("a card that Escape put away does not come back by scrolling", () => {
  const { over, scroll, wait, shown } = show();
  over("One");
  wait(500);
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(shown()).toBe("");
  scroll();
  wait(1000);
  expect(shown()).toBe("");
});
