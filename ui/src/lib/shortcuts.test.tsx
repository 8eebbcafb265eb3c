import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";

import { Dialog } from "../parts/dialog";
import { Choice } from "../parts/fields";
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

function Choosing({ isModal, pressed }: { isModal: boolean; pressed: string[] }) {
  useShortcuts({ d: () => pressed.push("d"), n: () => pressed.push("n") });
  const [chosen, setChosen] = useState("anna");
  const choice = (
    <Choice
      label="Whose"
      value={chosen}
      options={["anna", "daniel"].map((id) => ({ id, name: id }))}
      onChange={setChosen}
    />
  );
  return isModal ? (
    <Dialog title="Form" isOpen onClose={() => {}}>
      {choice}
    </Dialog>
  ) : (
    choice
  );
}

test("a key of the screen goes past a choice that is closed, and into one that is open", async () => {
  const pressed: string[] = [];
  render(<Choosing isModal={false} pressed={pressed} />);
  const choice = screen.getByRole("button", { name: /Whose/ });
  choice.focus();
  await userEvent.keyboard("d");
  expect(pressed).toEqual(["d"]);
  expect(choice.textContent).toContain("anna");

  await userEvent.keyboard("{Enter}");
  await screen.findByRole("listbox");
  await userEvent.keyboard("n");
  await userEvent.keyboard("d");
  expect(pressed).toEqual(["d"]);
  expect(document.activeElement?.textContent).toContain("daniel");
});

test("in a form a closed choice is found by its letters", async () => {
  const pressed: string[] = [];
  render(<Choosing isModal pressed={pressed} />);
  const choice = screen.getByRole("button", { name: /Whose/ });
  choice.focus();
  await userEvent.keyboard("d");
  expect(pressed).toEqual([]);
  expect(choice.textContent).toContain("daniel");
});
