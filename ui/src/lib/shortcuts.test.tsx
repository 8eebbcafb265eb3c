import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Dialog } from "../parts/dialog";
import { useShortcuts } from "./shortcuts";

function Page({ onKey, isOpen }: { onKey: () => void; isOpen: boolean }) {
  useShortcuts({ n: onKey });
  return (
    <>
      <button type="button">outside</button>
      <input aria-label="text" />
      <Dialog title="Question" isOpen={isOpen} onClose={() => {}}>
        <button type="button">inside</button>
      </Dialog>
    </>
  );
}

test("single keys do nothing where text is typed and behind an open question", async () => {
  let pressed = 0;
  const onKey = () => {
    pressed += 1;
  };
  const { rerender } = render(<Page onKey={onKey} isOpen={false} />);
  screen.getByRole("button", { name: "outside" }).focus();
  await userEvent.keyboard("n");
  expect(pressed).toBe(1);
  screen.getByRole("textbox").focus();
  await userEvent.keyboard("n");
  rerender(<Page onKey={onKey} isOpen />);
  screen.getByRole("button", { name: "inside" }).focus();
  await userEvent.keyboard("n");
  expect(pressed).toBe(1);
});
