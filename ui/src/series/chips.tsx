import { Plus, X } from "lucide-react";
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Tag,
  TagGroup,
  TagList,
} from "react-aria-components";

import type { Named } from "../lib/api";

interface ChipsProps {
  label: string;
  options: readonly Named[];
  /** The chosen ones, in the order they were chosen. */
  value: string[];
  onChange: (value: string[]) => void;
}

/** What was chosen before stays in its order; what is new goes behind. */
const inOrder = (value: string[], ids: string[]) => [
  ...value.filter((id) => ids.includes(id)),
  ...ids.filter((id) => !value.includes(id)),
];

/** Some of many, chosen by pressing; the first chosen stays the main one. */
export function Chips({ label, options, value, onChange }: ChipsProps) {
  return (
    <TagGroup
      selectionMode="multiple"
      selectedKeys={value}
      onSelectionChange={(selected) =>
        onChange(inOrder(value, selected === "all" ? options.map(({ id }) => id) : [...selected].map(String)))
      }
    >
      <Label className="mb-1 block text-quiet text-small">{label}</Label>
      <TagList className="flex flex-wrap gap-1">
        {options.map(({ id, name }) => (
          <Tag
            key={id}
            id={id}
            textValue={name}
            className="flex min-h-6 cursor-default items-center rounded-control border border-hairline bg-surface px-1.5 text-small outline-accent hover:border-edge focus-visible:outline-2 data-selected:border-accent data-selected:bg-raised data-selected:font-semibold data-selected:text-accent"
          >
            {name}
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}

interface ChipMenuProps extends ChipsProps {
  /** What the button says that opens the list. */
  add: string;
  /** The name of the button that takes one away. */
  remove: (name: string) => string;
}

/** A few of a long list: those that are chosen, and a list behind a button. */
export function ChipMenu({ label, options, value, onChange, add, remove }: ChipMenuProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in one line with its legend
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1">
      {value.map((id) => {
        const name = options.find((each) => each.id === id)?.name ?? id;
        return (
          <span
            key={id}
            className="flex min-h-6 items-center gap-0.5 rounded-control border border-accent bg-raised pl-1.5 font-semibold text-accent text-small"
          >
            {name}
            <AriaButton
              aria-label={remove(name)}
              onPress={() => onChange(value.filter((other) => other !== id))}
              className="flex size-6 items-center justify-center rounded-control outline-accent focus-visible:outline-2"
            >
              <X aria-hidden size={12} />
            </AriaButton>
          </span>
        );
      })}
      <DialogTrigger>
        <AriaButton className="flex h-6 items-center gap-1 rounded-control border border-hairline bg-surface px-1.5 text-small outline-accent hover:border-edge focus-visible:outline-2">
          <Plus aria-hidden size={12} /> {add}
        </AriaButton>
        <Popover className="rounded-control border border-edge bg-surface shadow-lg">
          <Dialog aria-label={label} className="outline-none">
            <ListBox
              aria-label={label}
              autoFocus
              selectionMode="multiple"
              selectedKeys={value}
              onSelectionChange={(selected) =>
                onChange(
                  inOrder(
                    value,
                    selected === "all" ? options.map(({ id }) => id) : [...selected].map(String),
                  ),
                )
              }
              className="max-h-96 overflow-y-auto p-1 outline-none"
            >
              {options.map(({ id, name }) => (
                <ListBoxItem
                  key={id}
                  id={id}
                  textValue={name}
                  className="flex min-h-7 cursor-default items-center rounded-control px-2 outline-none data-focused:bg-raised data-selected:font-semibold data-selected:text-accent"
                >
                  {name}
                </ListBoxItem>
              ))}
            </ListBox>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}
