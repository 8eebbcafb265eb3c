import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { useNavigation } from "../frame/navigation";
import { choose } from "../frame/preferences";
import type { AffectedVisit, ProtocolsView, SetupView } from "../lib/api";
import { visit } from "../test/patients";
import { answerCommands, Refusal } from "../test/program";
import { forgetDrafts } from "./drafts";
import { SetupScreen } from "./setup-screen";

const setup: SetupView = {
  settings: { name: "Riverside", time_zone: "America/Toronto", slot_minutes: 15 },
  disciplines: [
    { id: "physio", name: "Physiotherapy" },
    { id: "massage", name: "Massage therapy" },
  ],
  services: [
    {
      id: "physio-45",
      name: "Physiotherapy 45 min",
      discipline: "physio",
      minutes: 45,
      buffer_minutes: 0,
      room_kinds: ["gym"],
      first_visit: false,
    },
  ],
  rooms: [{ id: "gym", name: "Gym", kinds: ["gym"] }],
  practitioners: [
    {
      id: "pia",
      name: "Pia Côté",
      services: ["physio-45"],
      hours: [
        { weekday: 0, from_minute: 540, to_minute: 1020, valid_from: null, valid_to: null, every_weeks: 1 },
        {
          weekday: 5,
          from_minute: 540,
          to_minute: 780,
          valid_from: "2026-01-05",
          valid_to: null,
          every_weeks: 2,
        },
      ],
      extra_hours: [],
      absences: [],
    },
    { id: "max", name: "Max Roy", services: [], hours: [], extra_hours: [], absences: [] },
  ],
  closures: [{ date: "2026-12-25", name: "Christmas Day" }],
  room_kinds: ["gym"],
  time_zones: ["America/Toronto", "America/Vancouver"],
};

const affected: AffectedVisit = {
  visit: visit(),
  patient: "zoe",
  patient_name: "Zoé Gagnon",
  phone: "416 555 0143",
  why: "the practitioner is away",
};

const protocols: ProtocolsView = {
  version: 2,
  form: {
    conditions: [],
    needs: [],
    sensitivities: [],
    min_hours: 24,
    max_hours: 48,
    max_wait_minutes: 60,
    tolerance_days: 2,
    frequency: "combined",
  },
  versions: [
    { version: 2, at: "2026-11-01T10:00:00Z", by: "desk", series: 0 },
    { version: 1, at: null, by: "", series: 3 },
  ],
  disciplines: setup.disciplines,
};

beforeEach(() => {
  forgetDrafts();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-23T15:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

function show(answers: Parameters<typeof answerCommands>[0] = {}, beside?: ReactNode) {
  const calls = answerCommands({
    setup: () => setup,
    part_impact: () => [],
    save_part: () => ({ id: "pia", entry: 7 }),
    misplaced_visits: () => [],
    practitioner_week: () =>
      [0, 1, 2, 3, 4, 5, 6].map((day) => ({
        date: "2026-06-29",
        working: day === 0 ? [{ from_minute: 540, to_minute: 1020 }] : [],
        away: day === 1 ? [{ from_minute: 0, to_minute: 1440, reason: "Course" }] : [],
        closed: day === 2 ? "Canada Day" : null,
      })),
    holidays: ({ year }) => [
      { date: `${year}-07-01`, name: "Canada Day", statutory: true, closed: false },
      { date: `${year}-12-25`, name: "Christmas Day", statutory: true, closed: true },
      { date: `${year}-08-03`, name: "Civic Holiday", statutory: false, closed: false },
    ],
    protocols: () => protocols,
    protocols_impact: () => [],
    save_protocols: () => ({ id: "3", entry: 8 }),
    ...answers,
  });
  render(
    <Surroundings>
      <SetupScreen />
      {beside}
    </Surroundings>,
  );
  return calls;
}

const sent = (calls: ReturnType<typeof show>, command: string) =>
  calls.filter((call) => call.command === command).map(({ values }) => values);
const openTab = async (name: string) => userEvent.click(await screen.findByRole("tab", { name }));
const name = () => screen.findByRole("textbox", { name: "Name" });

test("a change that hits nothing is saved at once, with what was there before", async () => {
  const calls = show();
  await userEvent.type(await name(), "-Roy");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  expect(sent(calls, "save_part")).toMatchObject([
    {
      original: { part: "practitioner", form: { name: "Pia Côté" } },
      edited: { part: "practitioner", form: { name: "Pia Côté-Roy" } },
    },
  ]);
});

test("a change that hits visits asks first, with whom to call", async () => {
  const calls = show({ part_impact: () => [affected] });
  await userEvent.type(await name(), "x");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const dialog = await screen.findByRole("dialog", { name: "Visits that would no longer fit" });
  expect(dialog.textContent).toContain("416 555 0143");
  await userEvent.click(within(dialog).getByRole("button", { name: "Back" }));
  expect(sent(calls, "save_part")).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await userEvent.click(await screen.findByRole("button", { name: "Save anyway" }));
  await screen.findByText("Saved.");
});

test("what is begun survives a look at somebody else", async () => {
  show();
  await userEvent.type(await name(), "x");
  await userEvent.click(screen.getByRole("option", { name: "Max Roy" }));
  await screen.findByRole("heading", { level: 2, name: "Max Roy" });
  await userEvent.click(screen.getByRole("option", { name: /Pia/ }));
  expect(await screen.findByDisplayValue("Pia Côtéx")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(await screen.findByDisplayValue("Pia Côté")).toBeDefined();
});

test("hours are drawn on a real week, with what stands against them", async () => {
  const calls = show();
  const week = await screen.findByRole("list", { name: "The week" });
  await within(week).findByText("09:00–");
  expect(week.textContent).toContain("Course");
  expect(week.textContent).toContain("Canada Day");
  expect(screen.getByText(/8 hours/)).toBeDefined();
  const first = sent(calls, "practitioner_week").at(-1)?.monday;
  await userEvent.click(screen.getByRole("button", { name: "The week after" }));
  await vi.waitFor(() => expect(sent(calls, "practitioner_week").at(-1)?.monday).not.toBe(first));
});

test("an absence shows the visits it hits before it is added", async () => {
  const calls = show({ part_impact: () => [affected], misplaced_visits: () => [affected] });
  await userEvent.click(await screen.findByRole("button", { name: "Add absence" }));
  const dialog = await screen.findByRole("dialog", { name: "Absence of Pia Côté" });
  await within(dialog).findByText("Zoé Gagnon");
  const [asked] = sent(calls, "part_impact");
  expect(asked).toMatchObject({ part: { part: "practitioner", form: { absences: [{ reason: "" }] } } });
  await userEvent.type(within(dialog).getByRole("textbox", { name: /Reason/ }), "Course");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Keep editing" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Save, then move 1 visit" }));
  // What it hit waits in a list, each with the way to its place on the board.
  await screen.findByRole("button", { name: /Move the visit of/ });
  expect(screen.getByRole("tab", { name: /Visits to move/ }).getAttribute("aria-selected")).toBe("true");
  expect(sent(calls, "save_part")).toMatchObject([
    { edited: { form: { absences: [{ reason: "Course" }] } } },
  ]);
});

test("two people at one part: both changes stand together, and where they differ one chooses", async () => {
  let now = setup;
  const calls = show({
    setup: () => now,
    save_part: () => {
      if (now === setup) {
        const [pia, ...others] = setup.practitioners;
        const theirs = { ...pia, name: "Pia Roy", services: [] } as SetupView["practitioners"][number];
        now = { ...setup, practitioners: [theirs, ...others] };
        throw new Refusal("changed-meanwhile", "somebody else has changed this");
      }
      return { id: "pia", entry: 9 };
    },
  });
  await userEvent.type(await name(), "x");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain("Pia Roy");
  expect(screen.getByDisplayValue("Pia Côtéx")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  expect(sent(calls, "save_part").at(-1)).toMatchObject({
    original: { form: { name: "Pia Roy", services: [] } },
    edited: { form: { name: "Pia Côtéx", services: [] } },
  });
});

test("a part that is refused says so where what somebody else made of it cannot be read", async () => {
  let isRefused = false;
  show({
    setup: () => {
      if (isRefused) {
        throw new Refusal("busy", "another program is writing");
      }
      return setup;
    },
    save_part: () => {
      isRefused = true;
      throw new Refusal("changed-meanwhile", "somebody else has changed this");
    },
  });
  await userEvent.type(await name(), "x");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Somebody else has changed this");
  expect(screen.getByDisplayValue("Pia Côtéx")).toBeDefined();
});

test("a panel that the keyboard went to before it had anything to stop at can keep it", async () => {
  let answer = () => {};
  show({
    protocols: () => new Promise((resolve) => (answer = () => resolve(protocols))),
  });
  await openTab("Protocols");
  await userEvent.tab();
  const panel = screen.getByRole("tabpanel");
  expect(document.activeElement).toBe(panel);
  answer();
  await screen.findByRole("button", { name: "Add a sensitivity" });
  expect(panel.getAttribute("tabindex")).toBe("-1");
  expect(document.activeElement).toBe(panel);
});

test("a form with something typed in it asks before it closes", async () => {
  show();
  await openTab("Rooms");
  await userEvent.click(await screen.findByRole("button", { name: "Edit Gym" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Name" }), "x");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Discard" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

function Go() {
  const { go } = useNavigation();
  return (
    <button type="button" onClick={() => go("setup", { section: "misplaced" })}>
      go
    </button>
  );
}

test("the way to visits to move leads there from anywhere", async () => {
  show({ misplaced_visits: () => [affected] }, <Go />);
  await name();
  await userEvent.click(screen.getByRole("button", { name: "go" }));
  await screen.findByRole("button", { name: /Move the visit of/ });
});

test("visits to move are copied as lines, without names on a private screen", async () => {
  choose({ isPrivate: true });
  show({ misplaced_visits: () => [affected] });
  await openTab("Visits to move 1");
  await userEvent.click(await screen.findByRole("button", { name: "Copy" }));
  await screen.findByText("1 visit is on the clipboard.");
  const copied = await navigator.clipboard.readText();
  expect(copied).toContain("Z. G.\t•••\tMassage therapy 60 min");
  expect(document.body.innerHTML).not.toContain("Gagnon");
});

test("protocols being edited survive a look elsewhere, and an older version is restored", async () => {
  const calls = show({
    protocols: ({ version }) => ({ ...protocols, version: version ?? 2 }),
  });
  await openTab("Protocols");
  await userEvent.click(await screen.findByRole("button", { name: "Add a sensitivity" }));
  await openTab("Rooms");
  await openTab("Protocols");
  expect(screen.getByText("Not saved yet")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "See the effects" }));
  const dialog = await screen.findByRole("dialog", { name: "What the change would affect" });
  expect(dialog.textContent).toContain("No running series would be decided otherwise.");
  await userEvent.click(within(dialog).getByRole("button", { name: "Back" }));
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  await userEvent.click(screen.getByRole("button", { name: /Version/ }));
  await userEvent.click(await screen.findByRole("option", { name: /Version 1/ }));
  const restore = await screen.findByRole("button", { name: "Restore version 1" });
  // The keyboard goes on at the choice of versions, whichever is shown.
  const choice = () => screen.getByRole("button", { name: /Version/ });
  await waitFor(() => expect(document.activeElement).toBe(choice()));
  await userEvent.click(restore);
  await screen.findByText("Version 3 of the protocols is in force.");
  await waitFor(() => expect(document.activeElement).toBe(choice()));
  expect(sent(calls, "save_protocols")).toMatchObject([{ beganWith: 2 }]);
});

/** What was saved leaves nothing to press in the bar, and the keyboard still goes on from there. */
const expectKeyboardAtBar = () =>
  waitFor(() => {
    const at = document.activeElement;
    expect(at?.getAttribute("role")).toBe("status");
    expect(at?.parentElement?.textContent).toContain("Discard");
  });

test("what history needs is kept, and it says why", async () => {
  show({
    save_part: () => {
      throw new Refusal("has-history", "Gym is named by visits and is kept");
    },
  });
  await openTab("Rooms");
  await userEvent.click(await screen.findByRole("button", { name: "Edit Gym" }));
  await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await screen.findByText("Gym is named by visits and is kept");
});

test("a new service is sent without an original", async () => {
  const calls = show();
  await openTab("Services");
  await userEvent.click(await screen.findByRole("button", { name: "Add a service" }));
  const dialog = await screen.findByRole("dialog", { name: "Add a service" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Name" }), "Laser");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: "gym" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  expect(sent(calls, "save_part")).toMatchObject([
    { original: null, edited: { part: "service", form: { id: "", name: "Laser", room_kinds: ["gym"] } } },
  ]);
});

test("closures take the public holidays at one press", async () => {
  const calls = show();
  await openTab("Closures");
  await userEvent.click(await screen.findByRole("button", { name: "Close on all" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  const [values] = sent(calls, "save_part");
  expect(values).toMatchObject({
    edited: { form: { closures: [{ name: "Canada Day" }, { name: "Christmas Day" }] } },
  });
  await expectKeyboardAtBar();
});

test("changed protocols tell which series they touch, then go on as a new version", async () => {
  const calls = show({
    protocols_impact: () => [
      {
        series: "s1",
        patient: "zoe",
        patient_name: "Zoé Gagnon",
        to: "2026-12-20",
        changes: ["physiotherapy first"],
      },
    ],
  });
  await openTab("Protocols");
  await userEvent.click(await screen.findByRole("button", { name: "Add a sensitivity" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const dialog = await screen.findByRole("dialog", {
    name: "What the change would affect",
  });
  expect(dialog.textContent).toContain("physiotherapy first");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save anyway" }));
  await screen.findByText("Version 3 of the protocols is in force.");
  expect(sent(calls, "save_protocols")).toMatchObject([{ beganWith: 2 }]);
  await expectKeyboardAtBar();
});
