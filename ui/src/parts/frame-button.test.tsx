import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { BareButton } from "./frame-button";

test("a button of the frame is pressed by pointer and keys, and has the keyboard then", async () => {
  const press = vi.fn();
  const user = userEvent.setup();
  render(<BareButton onPress={press}>Today</BareButton>);
  const button = screen.getByRole("button", { name: "Today" });
  // As a Mac does, which gives a button no keyboard when it is clicked.
  fireEvent.click(button);
  expect(document.activeElement).toBe(button);
  await user.keyboard("{Enter}");
  await user.keyboard(" ");
  expect(press).toHaveBeenCalledTimes(3);
});

test("a key that is held down presses it once", () => {
  render(<BareButton onPress={() => {}}>Today</BareButton>);
  const button = screen.getByRole("button", { name: "Today" });
  // An event that nobody takes back goes on to the press.
  expect(fireEvent.keyDown(button, { key: "Enter" })).toBe(true);
  expect(fireEvent.keyDown(button, { key: "Enter", repeat: true })).toBe(false);
});
