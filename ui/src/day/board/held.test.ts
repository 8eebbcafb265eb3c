import { expect, test } from "vitest";

import { appointment } from "../../test/days";
import { nothingHeld } from "./held";

const moving = {
  appointment: { ...appointment(), practitioner: "anna", practitioner_name: "Anna Alvarez" },
  column: "anna",
  minute: 540,
  minutes: 60,
  isResize: false,
  grip: 5,
};

test("whoever draws the place is told of each, while what was taken up stays the same until it is let go", () => {
  const held = nothingHeld();
  const places: (number | undefined)[] = [];
  const leave = held.follow(() => places.push(held.now()?.minute));
  held.set(moving);
  held.set({ ...moving, minute: 545 });
  expect(held.now()?.minute).toBe(545);
  expect(held.taken()).toBe(moving);
  held.set(undefined);
  expect(held.taken()).toBeUndefined();
  leave();
  held.set({ ...moving, minute: 600 });
  expect(held.taken()?.minute).toBe(600);
  expect(places).toEqual([540, 545, undefined]);
});
