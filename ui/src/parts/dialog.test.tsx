import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { Dialog } from "./dialog";

test("Escape closes the uppermost dialog alone, also while nothing has the focus", () => {
  const closed = vi.fn();
  render(
    <>
      <Dialog title="Below" isOpen onClose={() => closed("below")}>
        <p>below</p>
      </Dialog>
      <Dialog title="Above" isOpen onClose={() => closed("above")}>
        <p>above</p>
      </Dialog>
    </>,
  );
  screen.getByRole("dialog", { name: "Above" });
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(closed.mock.calls).toEqual([["above"]]);
});
