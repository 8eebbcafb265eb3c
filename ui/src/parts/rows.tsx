import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "./button";
import { TimeInput } from "./fields";

/** A list whose rows are edited in place; whatever changes, the whole list is handed on. */
export interface RowsProps<Row> {
  value: Row[];
  onChange: (value: Row[]) => void;
}

/** What changes such a list: a part of one row, one row less, one more at the end. */
export const changesOf = <Row,>({ value, onChange }: RowsProps<Row>) => ({
  put: (index: number, changes: Partial<Row>) =>
    onChange(value.map((row, at) => (at === index ? { ...row, ...changes } : row))),
  remove: (index: number) => onChange(value.filter((_, at) => at !== index)),
  add: (row: Row) => onChange([...value, row]),
});

interface Stretch {
  from_minute: number;
  to_minute: number;
}

/** The stretch of a week that is added below others: the hours of the last, on the day after. */
export function nextStretch(rows: readonly (Stretch & { weekday: number })[]): Stretch & { weekday: number } {
  const { weekday, from_minute, to_minute } = rows.at(-1) ?? {
    weekday: -1,
    from_minute: 540,
    to_minute: 1020,
  };
  return { weekday: (weekday + 1) % 7, from_minute, to_minute };
}

interface FromToProps {
  /** What the two times are called. */
  labels: [from: string, to: string];
  row: Stretch;
  onChange: (changes: Partial<Stretch>) => void;
}

/** The two times of a row that is a stretch of a day. */
export function FromTo({ labels: [from, to], row, onChange }: FromToProps) {
  return (
    <>
      <TimeInput
        isBare
        label={from}
        value={row.from_minute}
        onChange={(from_minute) => onChange({ from_minute })}
      />
      <TimeInput
        isBare
        isEnd
        label={to}
        value={row.to_minute}
        onChange={(to_minute) => onChange({ to_minute })}
      />
    </>
  );
}

interface RemoveRowProps {
  label: string;
  isDisabled?: boolean;
  onPress: () => void;
}

export function RemoveRow({ label, isDisabled = false, onPress }: RemoveRowProps) {
  return (
    <Button label={label} isDisabled={isDisabled} onPress={onPress}>
      <X aria-hidden size={16} />
    </Button>
  );
}

export function AddRow({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <div className="mt-2">
      <Button onPress={onPress}>
        <Plus aria-hidden size={16} className="mr-1" /> {children}
      </Button>
    </div>
  );
}
