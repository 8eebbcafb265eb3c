import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { NewClinicForm } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { Start } from "./first-start";

const defaults: NewClinicForm = {
  settings: { name: "", time_zone: "America/Toronto", slot_minutes: 15 },
  opening: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from_minute: 540, to_minute: 1020 })),
  practitioners: [{ name: "", disciplines: ["physio"] }],
  rooms: [{ id: "", name: "Room 1", kinds: ["treatment"] }],
  holidays: true,
};

function show(answers: Parameters<typeof answerCommands>[0] = {}) {
  let isFirst = true;
  const begin = () => {
    isFirst = false;
    return null;
  };
  const calls = answerCommands({
    is_first_start: () => isFirst,
    start_demo: begin,
    start_new: begin,
    start_file: begin,
    new_clinic_defaults: () => defaults,
    ...answers,
  });
  render(
    <Surroundings>
      <Start>
        <p>the window</p>
      </Start>
    </Surroundings>,
  );
  return calls;
}

test("a clinic that is there is simply opened", async () => {
  show({ is_first_start: () => false });
  await screen.findByText("the window");
});

test("the demo is one press away", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: /Try the demo clinic/ }));
  await screen.findByText("the window");
});

test("a new clinic takes a name, who treats and when", async () => {
  const calls = show();
  await userEvent.click(await screen.findByRole("button", { name: /Set up a new clinic/ }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Name of the clinic" }), "Lakeside");
  await userEvent.type(screen.getByRole("textbox", { name: "Name of practitioner 1" }), "Ana");
  await userEvent.click(screen.getByRole("checkbox", { name: "Saturday" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Monday" }));
  await userEvent.click(screen.getByRole("button", { name: "Begin" }));
  await screen.findByText("the window");
  const [sent] = calls.filter(({ command }) => command === "start_new");
  expect(sent?.values.form).toMatchObject({
    settings: { name: "Lakeside", time_zone: "America/Toronto" },
    practitioners: [{ name: "Ana", disciplines: ["physio"] }],
  });
  const form = sent?.values.form;
  const opening = form instanceof Object ? Reflect.get(form, "opening") : [];
  expect(opening.map(({ weekday }: { weekday: number }) => weekday)).toEqual([1, 2, 3, 4, 5]);
});

const file = new File(["{}"], "clinic.json", { type: "application/json" });

async function chooseFile() {
  await screen.findByRole("button", { name: /Open a clinic file/ });
  const input = document.querySelector("input[type=file]");
  if (input instanceof HTMLInputElement) {
    await userEvent.upload(input, file);
  }
}

test("a file with faults is refused, each with its path", async () => {
  show({
    check_file: () => ({ faults: [{ path: "$.format", text: "is missing" }], holds: null }),
  });
  await chooseFile();
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("$.format")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Bring it in" })).toBeNull();
});

test("a good file tells what it holds and is brought in", async () => {
  show({
    check_file: () => ({
      faults: [],
      holds: { name: "Riverside", practitioners: 2, patients: 1, appointments: 7, series: 0 },
    }),
  });
  await chooseFile();
  await screen.findByText("2 practitioners, 1 patient, 7 appointments, 0 series.");
  await userEvent.click(screen.getByRole("button", { name: "Bring it in" }));
  await screen.findByText("the window");
});

test("a database that cannot be opened is explained", async () => {
  show({
    is_first_start: () => {
      throw new Refusal("database", "its key is not here");
    },
  });
  await screen.findByText("its key is not here");
});
