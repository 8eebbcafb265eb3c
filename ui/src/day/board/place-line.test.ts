import { expect, test } from "vitest";

import { placeLine, shortRooms } from "./place-line";

const told = {
  stretch: "10:00–11:00",
  starts: "10:00",
  where: "Room 1",
  short: "R1",
  isShort: false,
  density: "compact" as const,
};

test.each([
  ["a wide card says all of it", 200, {}, "10:00–11:00 · Room 1"],
  ["a narrower one leaves out the end", 100, {}, "10:00 · Room 1"],
  ["then the room is said in short", 70, {}, "10:00 · R1"],
  ["then there is time alone, which nothing is cut from", 50, {}, "10:00"],
  [
    "as where the time itself is long",
    71,
    { stretch: "10:15 am–11:15 am", starts: "10:15 am", where: "Room 4 (quiet)", short: "R4" },
    "10:15 am",
  ],
  [
    "thin figures leave room",
    71,
    { stretch: "", starts: "11 h 40", short: "R10", isShort: true },
    "11 h 40 · R10",
  ],
  ["wide ones do not", 71, { stretch: "", starts: "8:40 am", short: "R4", isShort: true }, "8:40 am"],
  ["a larger size leaves less room", 56, { density: "comfortable" as const }, "10:00"],
  ["than the compact one", 56, {}, "10:00 · R1"],
  ["a low card never says the end", 200, { isShort: true }, "10:00 · Room 1"],
  [
    "a name without a short form is cut late",
    110,
    { where: "The long room", short: undefined },
    "10:00 · The long room",
  ],
  ["or left out", 78, { where: "The long room", short: undefined }, "10:00"],
  ["without a room there is time alone", 100, { where: null, short: undefined }, "10:00–11:00"],
  ["as far as it fits", 50, { where: null, short: undefined }, "10:00"],
])("%s", (_, width, changes, expected) => {
  expect(placeLine(width, { ...told, ...changes })).toBe(expected);
});

test("a room with a number has a short form, unless another has the same", () => {
  expect([...shortRooms(["Room 1", "Salle 4 (calme)", "Gym", "Studio 2b", "room 12"])]).toEqual([
    ["Room 1", "R1"],
    ["Salle 4 (calme)", "S4"],
    ["room 12", "R12"],
  ]);
  expect([...shortRooms(["Room 1", "Rehab 1", "Room 2"])]).toEqual([["Room 2", "R2"]]);
  expect([...shortRooms(["Room 1", "R1"])]).toEqual([]);
  expect([...shortRooms(["r1 (quiet)", "Room 1", "Room 2"])]).toEqual([["Room 2", "R2"]]);
});
