import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { useNames } from "../lib/words";
import { Words } from "../test/words";
import { choose, preferences } from "./preferences";
import { usePrinting } from "./printing";

function Page() {
  const { print, isPrinting, question } = usePrinting();
  const name = useNames();
  return (
    <>
      <button type="button" onClick={print}>
        Print
      </button>
      <p data-testid="page">
        {isPrinting && "paper"} {name("Zoé Gagnon")}
      </p>
      {question}
    </>
  );
}

function show() {
  const printed: string[] = [];
  window.print = () => printed.push(screen.getByTestId("page").textContent ?? "");
  render(
    <Words>
      <Page />
    </Words>,
  );
  return printed;
}

test("names are printed at once where they are shown", async () => {
  const printed = show();
  await userEvent.click(screen.getByRole("button", { name: "Print" }));
  expect(printed).toEqual(["paper Zoé Gagnon"]);
});

test.each([
  ["Print initials", "paper Z. G."],
  ["Print names", "paper Zoé Gagnon"],
])("a private screen asks first: %s", async (answer, paper) => {
  choose({ isPrivate: true });
  const printed = show();
  await userEvent.click(screen.getByRole("button", { name: "Print" }));
  expect(printed).toEqual([]);
  await userEvent.click(await screen.findByRole("button", { name: answer }));
  expect(printed).toEqual([paper]);
  expect(preferences().isPrivate).toBe(true);
  expect(screen.queryByRole("dialog")).toBeNull();
});
