import { expect, test } from "vitest";

import { appointment, practitioner } from "../test/days";
import { sheetRows } from "./sheet-rows";

const somebody = (id: string, visits: number) =>
  practitioner({
    id,
    appointments: Array.from({ length: visits }, (_, at) => appointment({ id: `${id}-${at}` })),
  });

test("lists stand two and two, and a long one goes on below under its name", () => {
  for (const [visits, rows] of [
    [[], []],
    [[3], [["a0 3", "-"]]],
    [[0, 16], [["a0 0", "b0 16"]]],
    [
      [17, 2, 1],
      [
        ["a0 16", "b0 2"],
        ["a1 1", "-"],
        ["c0 1", "-"],
      ],
    ],
    [
      [1, 34],
      [
        ["a0 1", "b0 16"],
        ["-", "b1 16"],
        ["-", "b2 2"],
      ],
    ],
  ] as [number[], string[][]][]) {
    const day = visits.map((many, at) => somebody("abc"[at] ?? "", many));
    const lists = new Map<string, number>();
    const shown = sheetRows(day).map((row) =>
      row.map((list) => {
        if (!list) {
          return "-";
        }
        const { id, appointments } = list.practitioner;
        const at = lists.get(id) ?? 0;
        lists.set(id, at + 1);
        expect(list.isContinued).toBe(at > 0);
        return `${id}${at} ${appointments.length}`;
      }),
    );
    expect(shown).toEqual(rows);
    const printed = sheetRows(day).flatMap((row) =>
      row.flatMap((list) => list?.practitioner.appointments ?? []),
    );
    expect(new Set(printed)).toEqual(new Set(day.flatMap(({ appointments }) => appointments)));
  }
});
