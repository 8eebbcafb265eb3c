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
  let at = 0;
  const event = () => ({ pointerType: "mouse", buttons: 0, clientX: at, clientY: 0 });
  return {
    /** The pointer moves onto a visit. */
    over: (name: string) => {
      at += 40;
      fireEvent.pointerMove(getByTestId("board"), event());
      at += 40;
      fireEvent.pointerOver(getByText(name), event());
      fireEvent.pointerMove(getByText(name), event());
    },
    /** A visit comes to lie under the pointer where it is. */
    under: (name: string) => {
      fireEvent.pointerOver(getByText(name), event());
      fireEvent.pointerMove(getByText(name), event());
    },
    move: (name: string) => {
      at += 1;
      fireEvent.pointerMove(getByText(name), event());
    },
    wheel: () => fireEvent.wheel(getByTestId("board")),
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
  const { over, under, wheel, scroll, wait, shown } = show();
  over("One");
  wait(500);
  wheel();
  scroll();
  expect(shown()).toBe("");
  under("Two");
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

test("a visit under a pointer that nobody moves shows no card, until the pointer moves on it", () => {
  const { under, move, wait, shown } = show();
  under("One");
  wait(1000);
  expect(shown()).toBe("");
  move("One");
  wait(500);
  expect(shown()).toBe("one");
});

test("a visit that a key brought under the pointer shows no card, and the one before goes", () => {
  const { over, under, scroll, wait, shown } = show();
  over("One");
  wait(500);
  expect(shown()).toBe("one");
  scroll();
  under("Two");
  wait(1000);
  expect(shown()).toBe("");
});

test("long after the wheel a pointer at rest is at rest again", () => {
  const { over, under, wheel, wait, shown } = show();
  over("One");
  wheel();
  wait(2000);
  under("Two");
  wait(1000);
  expect(shown()).toBe("");
});
