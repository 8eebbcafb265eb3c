import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { shortTimeOfDay, timeOfDay } from "../lib/times";
import { Words } from "../test/words";
import { forgetPreferences, preferences } from "./preferences";
import { Settings } from "./settings";

test("language, look, clock and names are chosen in sight, and kept", async () => {
  render(
    <Words>
      <Settings isOpen onClose={() => {}} />
    </Words>,
  );
  for (const name of ["2:30 pm", "Dark", "Initials", "Français"]) {
    await userEvent.click(screen.getByRole("radio", { name }));
  }
  forgetPreferences();
  expect(preferences()).toMatchObject({ clock: "12", theme: "dark", isPrivate: true, language: "fr" });
});

test.each([
  [0, "12:00\u00a0am"],
  [545, "9:05\u00a0am"],
  [720, "12:00\u00a0pm"],
  [1439, "11:59\u00a0pm"],
])("minute %i of the day is %s by twelve hours", (minute, said) => {
  expect(timeOfDay(minute, "en", "12")).toBe(said);
  expect(timeOfDay(minute, "fr", "12")).toBe(timeOfDay(minute, "fr"));
  expect(shortTimeOfDay(minute, "en", "12")).toBe(said.replace(":00", ""));
});
