import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useState } from "react";
import { expect, test, vi } from "vitest";

import { Surroundings } from "../frame/app";
import { choose } from "../frame/preferences";
import { answerCommands } from "../test/program";
import { Choice, DateInputField, TimeInput } from "./fields";

function show(part: ReactNode) {
  answerCommands({});
  render(<Surroundings>{part}</Surroundings>);
}

function Time({ from, isEnd = false, taken }: { from: number; isEnd?: boolean; taken: number[] }) {
  const [value, setValue] = useState(from);
  const take = (minute: number) => {
    taken.push(minute);
    setValue(minute);
  };
  return <TimeInput label="From" value={value} onChange={take} isEnd={isEnd} />;
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "From" });

test("what is typed replaces the time once it is left or Enter is pressed", async () => {
  const taken: number[] = [];
  show(<Time from={540} taken={taken} />);
  expect(field().value).toBe("09:00");
  await userEvent.click(field());
  await userEvent.keyboard("1030");
  expect(taken).toEqual([]);
  await userEvent.keyboard("{Enter}");
  expect(field().value).toBe("10:30");
  await userEvent.clear(field());
  await userEvent.keyboard("4pm");
  await userEvent.tab();
  expect(field().value).toBe("16:00");
  expect(taken).toEqual([630, 960]);
});

test("what is not understood is said, sends no form and gives way to the time before", async () => {
  const taken: number[] = [];
  let sent = 0;
  show(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent += 1;
      }}
    >
      <Time from={540} taken={taken} />
    </form>,
  );
  await userEvent.type(field(), "soon{Enter}");
  screen.getByText(/Not understood; try .*9:30/);
  expect(field().getAttribute("aria-invalid")).toBe("true");
  await userEvent.tab();
  expect(field().value).toBe("09:00");
  await userEvent.type(field(), "10{Escape}");
  expect(field().value).toBe("09:00");
  expect([taken, sent]).toEqual([[], 0]);
  await userEvent.keyboard("{Enter}");
  expect(sent).toBe(1);
});

test("the arrow keys go to the next quarter of an hour and around midnight", async () => {
  const taken: number[] = [];
  show(<Time from={550} taken={taken} />);
  await userEvent.click(field());
  await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowDown}{ArrowDown}");
  expect(taken).toEqual([555, 570, 555, 540]);
  await vi.waitFor(() => expect([field().selectionStart, field().selectionEnd]).toEqual([0, 5]));
  await userEvent.keyboard("0005{ArrowDown}{ArrowDown}");
  expect(taken.slice(4)).toEqual([0, 1425]);
});

test("midnight is the end of the day where a stretch ends", async () => {
  const taken: number[] = [];
  show(<Time from={1020} isEnd taken={taken} />);
  await userEvent.click(field());
  await userEvent.keyboard("0{Enter}");
  expect(taken).toEqual([1440]);
});

test("on a clock of twelve hours the half of the day stays", async () => {
  choose({ clock: "12" });
  const taken: number[] = [];
  show(<Time from={900} taken={taken} />);
  expect(field().value).toBe("3:00\u00a0pm");
  await userEvent.click(field());
  await userEvent.keyboard("4{Enter}");
  expect(field().value).toBe("4:00\u00a0pm");
});

const days = ["Monday", "Tuesday", "Thursday", "Été"].map((name) => ({ id: name, name }));

function Day({ taken }: { taken: string[] }) {
  const [value, setValue] = useState("Monday");
  const take = (id: string) => {
    taken.push(id);
    setValue(id);
  };
  return <Choice label="Day" value={value} options={days} onChange={take} />;
}

const button = () => screen.getByRole("button", { name: /Day/ });

test("a list opens at what is chosen, and the keyboard comes back from it", async () => {
  const taken: string[] = [];
  show(<Day taken={taken} />);
  expect(screen.queryByRole("option")).toBeNull();
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("option", { name: "Monday" }).getAttribute("aria-selected")).toBe("true");
  await userEvent.click(screen.getByRole("option", { name: "Tuesday" }));
  expect(button().textContent).toBe("Tuesday");
  expect(screen.queryByRole("option")).toBeNull();
  await userEvent.click(button());
  await userEvent.click(screen.getByRole("option", { name: "Tuesday" }));
  expect(button().textContent).toBe("Tuesday");
  await userEvent.click(button());
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("option")).toBeNull();
  expect(document.activeElement).toBe(button());
  expect(taken).toEqual(["Tuesday"]);
});

test("a closed list goes on by its first letters and by the arrows beside", async () => {
  const taken: string[] = [];
  show(<Day taken={taken} />);
  await userEvent.tab();
  await userEvent.keyboard("ttte{ArrowLeft}{ArrowRight}{ArrowRight}x");
  expect(taken).toEqual(["Tuesday", "Thursday", "Tuesday", "Été", "Thursday", "Été"]);
});

test("keys that begin no words are the date's own, and nothing is wrong with them", async () => {
  const wrong = vi.fn((event: ErrorEvent) => event.preventDefault());
  window.addEventListener("error", wrong);
  answerCommands({});
  render(
    <Surroundings>
      <DateInputField label="From" value="2026-11-23" onChange={() => {}} />
    </Surroundings>,
  );
  await userEvent.tab();
  await userEvent.tab();
  expect(document.activeElement?.getAttribute("role")).toBe("spinbutton");
  window.removeEventListener("error", wrong);
  expect(wrong).not.toHaveBeenCalled();
});
