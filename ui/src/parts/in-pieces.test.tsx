import { render, screen } from "@testing-library/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useShortcuts } from "../lib/shortcuts";
import { Afterwards } from "./in-pieces";
import { atOnce } from "./later";

// React's surroundings for tests draw everything at once: here it is drawn as in a window.
const surroundings = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
beforeEach(() => {
  surroundings.IS_REACT_ACT_ENVIRONMENT = false;
});
afterEach(() => {
  surroundings.IS_REACT_ACT_ENVIRONMENT = true;
});

/** Presses a key; gives whether the browser goes on to do what it does with that key. */
function press(key: string): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  return (document.activeElement ?? document.body).dispatchEvent(event);
}

const listened = vi.fn();

function Search() {
  return (
    <Afterwards>
      {/* biome-ignore lint/a11y/noAutofocus: as a search that opens has the keyboard. */}
      <input autoFocus aria-label="Search" onKeyDown={({ key }) => listened(key)} />
    </Afterwards>
  );
}

test("a key that comes while a part is drawn has it drawn at once and is for it, not for what was there", async () => {
  const Part = atOnce(async () => Search);
  await Part.ahead();
  const lock = vi.fn();
  function Window() {
    const [isOpen, setIsOpen] = useState(false);
    // At once, as React takes up what a key does in a window.
    useShortcuts({ n: () => flushSync(() => setIsOpen(true)), l: lock });
    return (
      <>
        <p>The day</p>
        {isOpen && <Part />}
      </>
    );
  }
  render(<Window />);
  await screen.findByText("The day");
  press("n");
  expect(screen.queryByLabelText("Search")).toBeNull();
  expect(press("l")).toBe(true);
  expect(document.activeElement).toBe(screen.getByLabelText("Search"));
  expect(lock).not.toHaveBeenCalled();
  expect(listened.mock.calls).toEqual([["l"]]);
  // What comes next is as it always was.
  press("u");
  expect(listened.mock.calls).toEqual([["l"], ["u"]]);
});
