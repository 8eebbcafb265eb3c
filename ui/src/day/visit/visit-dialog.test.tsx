import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../../frame/app";
import { choose } from "../../frame/preferences";
import { createQueryClient } from "../../lib/queries";
import { answerCommands, Refusal } from "../../test/program";
import { VisitDialog } from "./visit-dialog";

interface Shown {
  status?: string;
  note?: () => string;
  put_status?: () => unknown;
  /** Waited for before the visit is read. */
  until?: () => Promise<void>;
}

function show({ status = "cancelled", note = () => "Zoé sings", until, ...answers }: Shown = {}) {
  const client = createQueryClient();
  const closed: true[] = [];
  const moved: true[] = [];
  const calls = answerCommands({
    ...answers,
    visit: async () => {
      await until?.();
      return {
        id: "v1",
        patient: "zoe",
        patient_name: "Zoé Gagnon",
        phone: "416 555 0143",
        service: "Massage therapy 60 min",
        practitioner: "max",
        practitioner_name: "Max Roy",
        room: "Room 4",
        date: "2026-11-23",
        from_minute: 540,
        to_minute: 600,
        status,
        note: note(),
        override_reason: "Zoé asked",
        cancel_reason: "Zoé is ill",
        series: null,
      };
    },
    put_note: () => ({ entry: 4, words: "visit changed", patient: "Zoé Gagnon" }),
  });
  render(
    <Surroundings client={client}>
      <VisitDialog
        id="v1"
        isCancelling={status !== "cancelled"}
        onClose={() => closed.push(true)}
        onMove={() => moved.push(true)}
      />
    </Surroundings>,
  );
  return { client, closed, moved, calls };
}

test("on a private screen the card tells nothing of the patient until it is asked to", async () => {
  choose({ isPrivate: true });
  show();
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("Z. G.");
  expect(document.body.innerHTML).not.toMatch(/Zoé|0143/);
  await userEvent.click(within(dialog).getByRole("button", { name: "Show it" }));
  expect(within(dialog).getByDisplayValue("Zoé sings")).toBeDefined();
});

test("a note that is typed and not saved is not lost by closing", async () => {
  const { closed, calls } = show();
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(await within(dialog).findByRole("textbox", { name: "Note" }), "!");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Keep editing" }));
  expect(closed).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Save the note" }));
  expect(calls).toContainEqual({
    command: "put_note",
    values: { id: "v1", original: "Zoé sings", note: "Zoé sings!" },
  });
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true]);
});

test("nor by moving the visit or opening its record", async () => {
  const { closed, moved } = show();
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(await within(dialog).findByRole("textbox", { name: "Note" }), "!");
  await userEvent.click(within(dialog).getByRole("button", { name: "Open the record" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep editing" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Move…" }));
  expect(moved).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
  expect({ closed, moved }).toEqual({ closed: [], moved: [true] });
});

test("a reason for calling off that is typed is not lost by closing, nor by going elsewhere", async () => {
  const { closed, moved } = show({ status: "booked" });
  const dialog = await screen.findByRole("dialog");
  const reason = () => within(dialog).getByRole("textbox", { name: /Why is it cancelled/ });
  await within(dialog).findByText("Zoé Gagnon");
  await userEvent.type(reason(), "ill");
  const press = (name: string) => userEvent.click(within(dialog).getByRole("button", { name }));
  await userEvent.keyboard("{Escape}");
  await press("Keep editing");
  await press("Open the record");
  await press("Keep editing");
  await press("Move…");
  expect({ closed, moved }).toEqual({ closed: [], moved: [] });
  expect(reason()).toHaveProperty("value", "ill");
  await press("Discard");
  expect({ closed, moved }).toEqual({ closed: [], moved: [true] });
});

test("whoever keeps the visit after all may close its card at once, and finds the reason where they left it", async () => {
  const { closed } = show({ status: "booked" });
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("Zoé Gagnon");
  await userEvent.keyboard("ill");
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep it" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Cancel the visit…" }));
  expect(within(dialog).getByDisplayValue("ill")).toBeDefined();
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep it" }));
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true]);
});

test("a reason that was refused is still there to be sent again", async () => {
  show({
    status: "booked",
    put_status: () => {
      throw new Refusal("busy", "another program is writing");
    },
  });
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("Zoé Gagnon");
  await userEvent.keyboard("ill{Enter}");
  await screen.findByText("another program is writing");
  expect(within(dialog).getByDisplayValue("ill")).toBeDefined();
});

test("a reason that is kept is not asked about, however long reading again takes", async () => {
  const held = { isReading: false };
  const { closed } = show({
    status: "booked",
    until: () => (held.isReading ? new Promise(() => {}) : Promise.resolve()),
    put_status: () => {
      held.isReading = true;
      return { entry: 5, words: "visit cancelled", patient: "Zoé Gagnon" };
    },
  });
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("Zoé Gagnon");
  await userEvent.keyboard("ill{Enter}");
  await screen.findByText(/visit cancelled/);
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true]);
});

test("nor is a note that is kept, and what is typed on is saved over it", async () => {
  const held = { isReading: false };
  const { closed, calls } = show({
    until: () => (held.isReading ? new Promise(() => {}) : Promise.resolve()),
  });
  const dialog = await screen.findByRole("dialog");
  const field = await within(dialog).findByRole("textbox", { name: "Note" });
  const save = () => userEvent.click(within(dialog).getByRole("button", { name: "Save the note" }));
  held.isReading = true;
  await userEvent.type(field, "!");
  await save();
  expect(within(dialog).queryByRole("button", { name: "Save the note" })).toBeNull();
  await userEvent.type(field, "?");
  await save();
  expect(calls.filter(({ command }) => command === "put_note").map(({ values }) => values)).toEqual([
    { id: "v1", original: "Zoé sings", note: "Zoé sings!" },
    { id: "v1", original: "Zoé sings!", note: "Zoé sings!?" },
  ]);
  expect(within(dialog).queryByRole("alert")).toBeNull();
  await userEvent.keyboard("{Escape}");
  expect(closed).toEqual([true]);
});

test("what a visit is pressed to be shows at once", async () => {
  const held = { isReading: false };
  show({
    status: "booked",
    until: () => (held.isReading ? new Promise(() => {}) : Promise.resolve()),
    put_status: () => ({ entry: 5, words: "visit changed", patient: "Zoé Gagnon" }),
  });
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Keep it" }));
  held.isReading = true;
  await userEvent.click(within(dialog).getByRole("button", { name: "Arrived" }));
  expect(within(dialog).getByRole("button", { name: "Arrived" }).getAttribute("aria-pressed")).toBe("true");
});

test("a note that somebody else wrote meanwhile is not overwritten unseen", async () => {
  const note = { kept: "Zoé sings" };
  const { client } = show({ note: () => note.kept });
  const dialog = await screen.findByRole("dialog");
  const field = await within(dialog).findByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
  await userEvent.type(field, "!");
  expect(within(dialog).queryByRole("alert")).toBeNull();
  note.kept = "Zoé is late";
  await act(() => client.invalidateQueries());
  const met = await within(dialog).findByRole("alert");
  expect(met.textContent).toContain("Zoé is late");
  expect(field.value).toBe("Zoé sings!");
  await userEvent.click(within(met).getByRole("button", { name: "Take theirs" }));
  expect(field.value).toBe("Zoé is late");
  expect(within(dialog).queryByRole("alert")).toBeNull();
});
