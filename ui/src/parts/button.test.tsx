import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { Button } from "./button";

/** A button that is pressed and does something for a while, beside another one. */
function show() {
  const page = (isDisabled: boolean) => (
    <>
      <Button isDisabled={isDisabled}>Save</Button>
      <Button>Other</Button>
    </>
  );
  const { rerender } = render(page(false));
  const button = screen.getByRole("button", { name: "Save" });
  button.focus();
  rerender(page(true));
  // A browser takes the focus from a button that cannot be pressed.
  const other = screen.getByRole("button", { name: "Other" });
  other.focus();
  other.blur();
  return { button, enable: () => rerender(page(false)) };
}

test("a button that could not be pressed for a while has the focus again that it had", () => {
  const { button, enable } = show();
  expect(document.activeElement).toBe(document.body);
  enable();
  expect(document.activeElement).toBe(button);
});

test("so it has where the browser takes the focus away at once", () => {
  const page = (isDisabled: boolean) => (
    <>
      <Button isDisabled={isDisabled}>Save</Button>
      <Button>Other</Button>
    </>
  );
  const { rerender } = render(page(false));
  const button = screen.getByRole("button", { name: "Save" });
  const other = screen.getByRole("button", { name: "Other" });
  const { setAttribute } = button;
  button.setAttribute = (name: string, value: string) => {
    setAttribute.call(button, name, value);
    if (name === "disabled") {
      other.focus();
      other.blur();
      button.dispatchEvent(new FocusEvent("blur"));
    }
  };
  button.focus();
  rerender(page(true));
  expect(document.activeElement).toBe(document.body);
  rerender(page(false));
  expect(document.activeElement).toBe(button);
});

test("what has the focus meanwhile keeps it", () => {
  const { enable } = show();
  const other = screen.getByRole("button", { name: "Other" });
  other.focus();
  enable();
  expect(document.activeElement).toBe(other);
});
