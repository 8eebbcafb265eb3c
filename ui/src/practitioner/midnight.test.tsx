import { act, render, screen } from "@testing-library/react";
import { afterEach, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { answerCommands } from "../test/program";
import { PractitionerScreen } from "./practitioner-screen";

afterEach(() => {
  vi.useRealTimers();
});

test("over midnight My day goes on to the new day by itself", async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 26, 23, 59, 50), shouldAdvanceTime: true });
  const pia = { id: "pia", name: "Pia Côté", disciplines: ["physio"] };
  answerCommands({
    practitioners: () => [pia],
    practitioner_day: ({ date }) => ({
      date,
      practitioner: pia,
      closed: null,
      working: [{ from_minute: 540, to_minute: 1020 }],
      away: [],
      visits: [],
      next: null,
      now_minute: null,
    }),
  });
  render(
    <Surroundings>
      <PractitionerScreen />
    </Surroundings>,
  );
  await screen.findByRole("heading", { name: "Thursday, November 26" });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  await screen.findByRole("heading", { name: "Friday, November 27" });
});
