import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { hit, hits } from "../test/patients";
import { answerCommands } from "../test/program";
import { Surroundings } from "./app";
import { useNavigation } from "./navigation";
import { Palette } from "./palette";
import { choose } from "./preferences";

function Place() {
  const { screen: shown, target } = useNavigation();
  return <p data-testid="place">{JSON.stringify({ shown, ...target })}</p>;
}

function show() {
  answerCommands({
    search_patients: ({ text }) =>
      hits(/^zo/i.test(String(text)) ? [hit({ name: "محمد Zoé", phone: "416 555 0143" })] : []),
    practitioners: () => [{ id: "pia", name: "Pia Côté", disciplines: ["physio"] }],
  });
  render(
    <Surroundings>
      <Palette isOpen onClose={() => {}} />
      <Place />
    </Surroundings>,
  );
}

const type = async (text: string) => userEvent.type(await screen.findByRole("searchbox"), text);
const place = () => JSON.parse(screen.getByTestId("place").textContent ?? "{}");

test("a patient is found and opened by keyboard alone", async () => {
  show();
  await type("zoe");
  const group = await screen.findByRole("group", { name: "Patients" });
  expect(group.textContent).toContain("416 555 0143");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(place()).toEqual({ shown: "patients", patient: "zoe" });
});

test("a practitioner is found in spite of an accent", async () => {
  show();
  await type("cote");
  await userEvent.click(await screen.findByRole("menuitem", { name: /Pia Côté/ }));
  expect(place()).toEqual({ shown: "practitioner", practitioner: "pia" });
});

test("a day in words leads to the board", async () => {
  show();
  await type("2026-12-01");
  await userEvent.click(await screen.findByRole("menuitem", { name: "Tuesday, December 1, 2026" }));
  expect(place()).toEqual({ shown: "day", date: "2026-12-01" });
});

test("on a private screen patients stand with their initials", async () => {
  choose({ isPrivate: true });
  show();
  await type("zoe");
  const group = await screen.findByRole("group", { name: "Patients" });
  expect(within(group).getByText("م. Z.")).toBeDefined();
  expect(group.innerHTML).not.toMatch(/Zoé|0143/);
});

test("what is called nothing says what to try", async () => {
  show();
  await type("qqqq");
  await screen.findByText(/Nothing is called that/);
});

test("Enter leads to nobody who stood there for fewer letters", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  answerCommands({
    search_patients: async ({ text }) => {
      if (text === "zoltan") {
        await held;
        return hits([hit({ id: "zoltan", name: "Zoltan Ács" })]);
      }
      return hits([hit()]);
    },
    practitioners: () => [],
  });
  render(
    <Surroundings>
      <Palette isOpen onClose={() => {}} />
      <Place />
    </Surroundings>,
  );
  await type("zo");
  await screen.findByText("Zoé Gagnon");
  await userEvent.keyboard("ltan{Enter}");
  letGo();
  await vi.waitFor(() => expect(place()).toEqual({ shown: "patients", patient: "zoltan" }));
});
