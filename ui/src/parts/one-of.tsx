import { Label, ToggleButton, ToggleButtonGroup } from "react-aria-components";

interface OneOfProps<Id extends string> {
  label: string;
  value: Id;
  options: readonly { id: Id; name: string }[];
  onChange: (value: Id) => void;
  /** The label is for screen readers alone. */
  isBare?: boolean;
}

/** One of a few, all in sight side by side. */
export function OneOf<Id extends string>({ label, value, options, onChange, isBare }: OneOfProps<Id>) {
  return (
    <div className="flex items-center justify-between gap-4">
      {!isBare && (
        <Label elementType="span" aria-hidden className="text-body">
          {label}
        </Label>
      )}
      <ToggleButtonGroup
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          const chosen = options.find(({ id }) => keys.has(id));
          if (chosen) {
            onChange(chosen.id);
          }
        }}
        className="flex rounded-control bg-raised p-0.5"
      >
        {options.map(({ id, name }) => (
          <ToggleButton
            key={id}
            id={id}
            className="h-7 min-w-7 cursor-default rounded-[5px] px-3 text-quiet outline-accent hover:text-ink focus-visible:outline-2 data-selected:bg-surface data-selected:font-medium data-selected:text-ink data-selected:shadow-sm"
          >
            {name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
