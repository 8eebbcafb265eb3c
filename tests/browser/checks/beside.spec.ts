import { expect, step, test } from "../clinic";
import { Program } from "../programs";

interface Hits {
  hits: { id: string }[];
}

test("a second program books, and this window shows it without being asked", async ({ own }) => {
  const desk = await own();
  const { page, program } = desk;
  const date = await step(desk, 1);
  const count = await page.locator("[data-appointment]").count();
  const beside = await Program.over(program.folder);
  try {
    const { hits } = await beside.ask<Hits>("search_patients", { text: "beauchemin", from: 0, limit: 1 });
    await beside.ask("book_visit", {
      visit: {
        request: crypto.randomUUID(),
        patient: hits[0]?.id,
        service: "massage-60",
        note: "",
        place: { date, minute: 16 * 60, practitioner: "max", room: null, minutes: null, override_reason: "" },
      },
    });
    await expect(page.locator("[data-appointment]")).toHaveCount(count + 1);
    await expect(page.locator("[data-appointment]").filter({ hasText: "Beauchemin" })).toHaveCount(1);
  } finally {
    await beside.stop();
  }
});
