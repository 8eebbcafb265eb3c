import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import { Notices } from "../frame/notices";
import { type BackupLine, ClinicError } from "../lib/api";
import { Failure } from "../parts/state";
import { answerCommands, Refusal } from "../test/program";
import { closedClinic, showStart } from "../test/start";
import { BackupsSection } from "./backups-section";

const line = (changes: Partial<BackupLine> = {}): BackupLine => ({
  name: "clinic-20260302T140000Z-42.ordo-backup",
  at: "2026-03-02T09:00:00",
  kind: "hourly",
  entry: 42,
  kilobytes: 12_345,
  ...changes,
});

const view = {
  folder: "/data/Backups",
  is_beside: true,
  trouble: null,
  backups: [line()],
  kept: [] as BackupLine[],
};

function show(answers: Parameters<typeof answerCommands>[0] = {}) {
  const calls = answerCommands({ backups: () => view, notices: () => [], ...answers });
  render(
    <Surroundings>
      <Notices />
      <BackupsSection />
    </Surroundings>,
  );
  return calls;
}

test("a backup is put back after a question that says what is lost and what is kept", async () => {
  const calls = show({
    restore_backup: () => ({
      kept: "/data/clinic.ordo.before",
      words: "backup of 2026-03-02 09:00 put back",
    }),
  });
  const row = await screen.findByRole("row", { name: /hourly/ });
  expect(within(row).getByText("12.3 MB")).toBeDefined();
  await userEvent.click(within(row).getByRole("button", { name: /Put back the backup of/ }));
  const dialog = await screen.findByRole("dialog", { name: "Put this backup back?" });
  expect(dialog.textContent).toContain("is kept beside it");
  await userEvent.click(within(dialog).getByRole("button", { name: "Put it back" }));
  await screen.findByText(/backup of 2026-03-02 09:00 put back/);
  expect(calls.find(({ command }) => command === "restore_backup")?.values).toEqual({ name: line().name });
});

test("a refusal stays in the question, and nothing is put back by leaving it", async () => {
  const calls = show({
    restore_backup: () => {
      throw new Refusal("damaged", "page 5 does not fit");
    },
  });
  await userEvent.click(await screen.findByRole("button", { name: /Put back the backup of/ }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(calls.some(({ command }) => command === "restore_backup")).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: /Put back the backup of/ }));
  await userEvent.click(screen.getByRole("button", { name: "Put it back" }));
  await screen.findByText("page 5 does not fit");
});

test("a backup is taken on demand, and a folder is chosen", async () => {
  const calls = show({
    back_up: () => line(),
    ask_for_folder: () => "/media/disk",
    choose_backup_folder: () => ({ ...view, folder: "/media/disk", is_beside: false }),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Back up now" }));
  await screen.findByText("Backed up and looked through.");
  await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
  expect(screen.getByRole("textbox", { name: "Folder" })).toHaveProperty("value", "/media/disk");
  await userEvent.click(screen.getByRole("button", { name: "Use this folder" }));
  expect(calls.find(({ command }) => command === "choose_backup_folder")?.values).toEqual({
    folder: "/media/disk",
  });
});

test("trouble is told here and above every screen", async () => {
  const words = "The folder for backups is not there.";
  show({ backups: () => ({ ...view, trouble: words }), notices: () => [{ about: "backup", words }] });
  const notices = await screen.findByRole("complementary", { name: "Needs attention" });
  expect(within(notices).getByRole("button", { name: "Open the backups" })).toBeDefined();
  expect((await screen.findAllByText(words)).length).toBe(2);
});

test("where the database is damaged a backup is offered, and where no clinic is there it is not", async () => {
  answerCommands({ backups: () => view });
  const { rerender } = render(
    <Surroundings>
      <Failure
        error={new ClinicError({ code: "damaged", message: "page 5 is damaged" })}
        onRetry={() => {}}
      />
    </Surroundings>,
  );
  await screen.findByText("Or put a backup back:");
  rerender(
    <Surroundings>
      <Failure error={new ClinicError({ code: "busy", message: "in use" })} onRetry={() => {}} />
    </Surroundings>,
  );
  expect(screen.queryByText("Or put a backup back:")).toBeNull();
});

test("what was kept before a restore is listed and can be put back too", async () => {
  const name = "clinic.ordo.before-restore-20260302T140000Z";
  const kept = [line({ name, kind: null, entry: null, at: "2026-03-02T09:30:00" })];
  const calls = show({
    backups: () => ({ ...view, kept }),
    restore_backup: () => ({ kept: "/data/clinic.ordo.before", words: "put back" }),
  });
  const row = await screen.findByRole("row", { name: /before a restore/ });
  await userEvent.click(within(row).getByRole("button"));
  await userEvent.click(screen.getByRole("button", { name: "Put it back" }));
  await screen.findByText(/What was there is kept/);
  expect(calls.find(({ command }) => command === "restore_backup")?.values).toEqual({ name });
});

test("a lost clinic whose key is not here asks for the passphrase before a backup is put back", async () => {
  const { needsKey, unlock } = closedClinic();
  const calls = answerCommands({
    is_first_start: () => {
      throw new Refusal("database", "the clinic’s database is not there");
    },
    backups: () => view,
    restore_backup: () => {
      needsKey();
      return { kept: null, words: "backup put back" };
    },
    unlock_clinic: unlock,
  });
  showStart();
  await userEvent.click(await screen.findByRole("button", { name: /Put back the backup of/ }));
  const now = await screen.findByRole("button", { name: "Put it back" });
  await userEvent.click(now);
  const field = await screen.findByLabelText("Passphrase or recovery key");
  expect(now).toHaveProperty("disabled", true);
  await userEvent.type(field, "badgers{Enter}");
  await screen.findByText("that does not open the clinic");
  await userEvent.clear(field);
  await userEvent.type(field, "otters in reeds{Enter}");
  await screen.findByText("Done: backup put back.");
  expect(calls.filter(({ command }) => command === "restore_backup").length).toBe(2);
});

test("a first start where backups lie offers them", async () => {
  answerCommands({ is_first_start: () => true, backups: () => view, speak: () => null });
  showStart();
  await screen.findByText(/There are backups of a clinic here/);
  await screen.findByRole("button", { name: /Put back the backup of/ });
});

test("a clinic of a newer Ordo is told, and nothing takes its place", async () => {
  answerCommands({ backups: () => view });
  render(
    <Surroundings>
      <Failure error={new ClinicError({ code: "newer", message: "update Ordo" })} onRetry={() => {}} />
    </Surroundings>,
  );
  await screen.findByText("A newer Ordo wrote this clinic");
  expect(screen.queryByText("Or put a backup back:")).toBeNull();
});
