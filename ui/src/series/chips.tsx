import { Label, Tag, TagGroup, TagList } from "react-aria-components";

interface ChipsProps {
  label: string;
  options: { id: string; name: string }[];
  /** The chosen ones, in the order they were chosen. */
  value: string[];
  onChange: (value: string[]) => void;
}

/** Some of many, chosen by pressing; the first chosen stays the main one. */
export function Chips({ label, options, value, onChange }: ChipsProps) {
  return (
    <TagGroup
      selectionMode="multiple"
      selectedKeys={value}
      onSelectionChange={(selected) => {
        const ids = selected === "all" ? options.map(({ id }) => id) : [...selected].map(String);
        onChange([...value.filter((id) => ids.includes(id)), ...ids.filter((id) => !value.includes(id))]);
      }}
    >
      <Label className="mb-1 block text-quiet text-small">{label}</Label>
      <TagList className="flex flex-wrap gap-1.5">
        {options.map(({ id, name }) => (
          <Tag
            key={id}
            id={id}
            textValue={name}
            className="flex min-h-7 cursor-default items-center rounded-control border border-hairline bg-surface px-2 outline-accent hover:border-edge focus-visible:outline-2 data-selected:border-accent data-selected:bg-raised data-selected:font-semibold data-selected:text-accent"
          >
            {name}
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
