import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";

import { Surroundings } from "../frame/app";
import type { AvailabilityForm } from "../lib/api";
import { answerCommands } from "../test/program";
import { AvailabilityRows } from "./patient-rows";

function show(initial: AvailabilityForm[]) {
  const changes: AvailabilityForm[][] = [];
  function Rows() {
    const [value, setValue] = useState(initial);
    return (
      <AvailabilityRows
        value={value}
        onChange={(changed) => {
          changes.push(changed);
          setValue(changed);
        }}
      />
    );
  }
  answerCommands({});
  render(
    <Surroundings>
      <Rows />
    </Surroundings>,
  );
  return { now: () => changes.at(-1)?.[0] };
}

const row = () => screen.getByRole("listitem");
const fields = () => within(row()).queryAllByRole("textbox", { name: /From|To/ });
const choose = async (name: string) => {
  await userEvent.click(within(row()).getByRole("button", { name: /When/ }));
  await userEvent.click(await screen.findByRole("option", { name }));
};

test("a whole day is said in words, and is given hours and back by a choice", async () => {
  const { now } = show([{ weekday: 1, from_minute: 0, to_minute: 1440 }]);
  expect(within(row()).getByRole("button", { name: /When/ }).textContent).toContain("all day");
  expect(fields()).toEqual([]);
  await choose("after");
  expect(now()).toEqual({ weekday: 1, from_minute: 720, to_minute: 1440 });
  expect(fields()).toHaveLength(1);
  await choose("between");
  expect(now()).toEqual({ weekday: 1, from_minute: 720, to_minute: 1020 });
  expect(fields()).toHaveLength(2);
  await choose("before");
  expect(now()).toEqual({ weekday: 1, from_minute: 0, to_minute: 1020 });
  await choose("all day");
  expect(now()).toEqual({ weekday: 1, from_minute: 0, to_minute: 1440 });
});

test("while its times are gone through a row keeps its form, also over midnight", async () => {
  const { now } = show([{ weekday: 1, from_minute: 15, to_minute: 1020 }]);
  within(row()).getByRole("textbox", { name: "From" }).focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(now()).toEqual({ weekday: 1, from_minute: 0, to_minute: 1020 });
  expect(fields()).toHaveLength(2);
  await userEvent.tab();
  await userEvent.tab();
  expect(fields()).toHaveLength(1);
});
