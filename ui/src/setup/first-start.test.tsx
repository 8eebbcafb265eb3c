import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { NewClinicForm } from "../lib/api";
import { answerCommands, Refusal } from "../test/program";
import { showStart } from "../test/start";

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
    key_state: () => ({ place: "given", has_recovery_key: false, keychain_is_there: false }),
    ...answers,
  });
  showStart();
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

const next = () => userEvent.click(screen.getByRole("button", { name: "Next" }));

test("a new clinic is set up in four short steps, and a step back loses nothing", async () => {
  const calls = show();
  await userEvent.click(await screen.findByRole("button", { name: /Set up a new clinic/ }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Name of the clinic" }), "Lakeside");
  expect(screen.getByText("Step 1 of 4")).toBeDefined();
  await next();
  await userEvent.type(screen.getByRole("textbox", { name: "Name of practitioner 1" }), "Ana");
  await next();
  await userEvent.click(screen.getByRole("checkbox", { name: "Saturday" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Monday" }));
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(screen.getByDisplayValue("Ana")).toBeDefined();
  await next();
  await next();
  await userEvent.click(screen.getByRole("button", { name: "Other ways to begin" }));
  await userEvent.click(screen.getByRole("button", { name: /Set up a new clinic/ }));
  expect(await screen.findByDisplayValue("Lakeside")).toBeDefined();
  await next();
  await next();
  await next();
  await userEvent.click(screen.getByRole("button", { name: "Add a room" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name of room 2" }), "Pool");
  await userEvent.click(screen.getByRole("button", { name: "Begin" }));
  await later();
  const [sent] = calls.filter(({ command }) => command === "start_new");
  expect(sent?.values.form).toMatchObject({
    settings: { name: "Lakeside", time_zone: "America/Toronto" },
    practitioners: [{ name: "Ana", disciplines: ["physio"] }],
    opening: [1, 2, 3, 4, 5].map((weekday) => ({ weekday })),
    rooms: [{ name: "Room 1" }, { name: "Pool", kinds: ["treatment"] }],
  });
});

/** Who owns the clinic is asked, and answered another day. */
async function later() {
  await screen.findByRole("heading", { name: "Who answers for this clinic?" });
  await userEvent.click(screen.getByRole("button", { name: "Later" }));
  await screen.findByText("the window");
}

test("the owner of a clinic of one's own adds themselves, with a password typed twice", async () => {
  const calls = show({
    check_file: () => ({
      faults: [],
      holds: { name: "Riverside", practitioners: 2, patients: 1, appointments: 7, series: 0 },
    }),
    save_user: ({ form }) => {
      if ((form as { new_secret: string }).new_secret.length < 8) {
        throw new Refusal("bad-request", "the password is too short");
      }
      return "olga";
    },
  });
  await chooseFile();
  await userEvent.click(await screen.findByRole("button", { name: "Bring it in" }));
  await userEvent.type(await screen.findByLabelText("Your name"), "Olga");
  const [first, again] = [screen.getByLabelText(/^Password/), screen.getByLabelText("Once more")];
  await userEvent.type(first, "otter");
  await userEvent.type(again, "ottr{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("The two are not the same.");
  expect(calls.some(({ command }) => command === "save_user")).toBe(false);
  await userEvent.clear(again);
  await userEvent.type(again, "otter{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("too short");
  for (const field of [first, again]) {
    await userEvent.clear(field);
    await userEvent.type(field, "quiet-otter");
  }
  await userEvent.click(screen.getByRole("button", { name: "Begin" }));
  await screen.findByText("the window");
  expect(calls.findLast(({ command }) => command === "save_user")?.values.form).toMatchObject({
    name: "Olga",
    role: "owner",
    new_secret: "quiet-otter",
  });
});

test("a step without what it needs stays", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: /Set up a new clinic/ }));
  await screen.findByRole("textbox", { name: "Name of the clinic" });
  await next();
  expect(screen.getByText("Step 1 of 4")).toBeDefined();
});

test("the language is chosen before anything is begun, and the program speaks it", async () => {
  const calls = show({ speak: () => null });
  await userEvent.click(await screen.findByRole("radio", { name: "Français" }));
  await screen.findByRole("heading", { name: "Bienvenue dans Ordo" });
  await vi.waitFor(() =>
    expect(calls).toContainEqual({ command: "speak", values: { language: "fr", clock: "24" } }),
  );
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
    check_file: () => ({
      faults: [{ path: "$.rooms[0].id", place: "room “Gym”", text: "is missing" }],
      holds: null,
    }),
  });
  await chooseFile();
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("$.rooms[0].id")).toBeDefined();
  expect(within(alert).getByText("room “Gym”")).toBeDefined();
  await userEvent.click(within(alert).getByRole("button", { name: "Copy the list" }));
  await within(alert).findByRole("button", { name: "Copied" });
  expect(await navigator.clipboard.readText()).toBe("$.rooms[0].id\troom “Gym”\tis missing");
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
  await later();
});

test("a database that cannot be opened is explained", async () => {
  show({
    is_first_start: () => {
      throw new Refusal("database", "its key is not here");
    },
  });
  await screen.findByText("Its key is not here");
});
