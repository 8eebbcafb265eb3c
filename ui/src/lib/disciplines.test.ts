import { expect, test } from "vitest";

import { disciplineLook } from "./disciplines";

test("the shipped disciplines look the same in every clinic", () => {
  expect(disciplineLook("physio", ["massage", "physio"]).hue).toBe("blue");
  expect(disciplineLook("massage", ["massage", "physio"]).hue).toBe("amber");
});

test("added disciplines keep apart from each other and from the shipped ones", () => {
  const offered = ["speech", "physio", "massage", "osteopathy", "psychology"];
  const hues = offered.map((discipline) => disciplineLook(discipline, offered).hue);
  expect(new Set(hues).size).toBe(offered.length);
});

test("a discipline that nobody offers still has a look", () => {
  expect(disciplineLook("gone", ["physio"]).icon).toBeDefined();
});
