import { expect, test } from "vitest";

import { together } from "./three-way";

test("what only one of the two has changed is kept, and what both have is named", () => {
  const original = { name: "Zoé", phone: "1", notes: "", days: [1] };
  const mine = { ...original, phone: "2", notes: "mine", days: [1, 2] };
  const theirs = { ...original, name: "Zoë", notes: "theirs", days: [1, 2] };
  expect(together(original, mine, theirs)).toEqual({
    form: { name: "Zoë", phone: "2", notes: "mine", days: [1, 2] },
    clashes: ["notes"],
  });
});
