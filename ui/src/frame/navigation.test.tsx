import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { useLeaving } from "../lib/use-leaving";
import { answerCommands } from "../test/program";
import { Surroundings } from "./app";
import { useNavigation } from "./navigation";

/** A screen with a form on it. */
function Window({ isChanged }: { isChanged: boolean }) {
  const { screen: shown, leaveFor, go } = useNavigation();
  useLeaving(isChanged, () => {});
  return (
    <>
      <p data-testid="place">{shown}</p>
      <button type="button" onClick={() => leaveFor("patients")}>
        leave
      </button>
      <button type="button" onClick={() => go("setup")}>
        saved
      </button>
    </>
  );
}

const show = (isChanged: boolean) => {
  answerCommands({ hold_open: () => null });
  render(
    <Surroundings>
      <Window isChanged={isChanged} />
    </Surroundings>,
  );
};
const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));
const place = () => screen.getByTestId("place").textContent;

test("what is typed is asked about before a key or a command shows another screen", async () => {
  show(true);
  await press("leave");
  await press("Keep editing");
  expect(place()).toBe("day");
  await press("leave");
  await press("Discard");
  expect(place()).toBe("patients");
});

test("nothing is asked where nothing is typed", async () => {
  show(false);
  await press("leave");
  expect(place()).toBe("patients");
});

test("a form that leads on once it is saved asks nothing", async () => {
  show(true);
  await press("saved");
  expect(place()).toBe("setup");
});
