/** The fields of every form: a label above, a box of one height, what is wrong below. */

import { type CalendarDate, parseDate, Time } from "@internationalized/date";
import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  DateField,
  DateInput,
  DateSegment,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField,
  Popover,
  Select,
  SelectValue,
  TextArea,
  TextField,
  TimeField,
} from "react-aria-components";

import { usePreferences } from "../frame/preferences";
import { MomentInput } from "./moment-input";

const label = "mb-1 block text-quiet text-small";
const edge =
  "h-8 w-full rounded-control border border-edge bg-surface outline-accent focus:outline-2 focus:-outline-offset-1 data-focus-within:outline-2 data-focus-within:-outline-offset-1 data-invalid:border-rule select-text";
const box = `${edge} px-2`;
const fault = "mt-1 block text-rule text-small";

interface FieldProps {
  label: string;
  /** The label is for screen readers alone, where a heading or row says it already. */
  isBare?: boolean;
  isRequired?: boolean;
  className?: string;
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "tel" | "email" | "password";
  autoFocus?: boolean;
  placeholder?: string;
}

const named = ({ label: text, isBare }: FieldProps) => (isBare ? { "aria-label": text } : {});

/** A line of text. */
export function TextInput({ value, onChange, type = "text", autoFocus, placeholder, ...field }: TextProps) {
  return (
    <TextField
      {...named(field)}
      value={value}
      onChange={onChange}
      type={type}
      isRequired={field.isRequired ?? false}
      {...(autoFocus && { autoFocus })}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <Input dir="auto" className={box} {...(placeholder && { placeholder })} />
      <FieldError className={fault} />
    </TextField>
  );
}

/** A password, or a PIN in digits; it is not shown and no program offers to keep it. */
export function SecretInput({
  value,
  onChange,
  isPin,
  autoFocus,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  isPin: boolean;
  autoFocus?: boolean;
}) {
  return (
    <TextField
      {...named(field)}
      value={value}
      onChange={onChange}
      type="password"
      autoComplete="off"
      {...(isPin && { inputMode: "numeric" as const })}
      {...(autoFocus && { autoFocus })}
      isRequired={field.isRequired ?? false}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <Input className={box} />
      <FieldError className={fault} />
    </TextField>
  );
}

/** Several lines of text. */
export function NotesInput({
  value,
  onChange,
  rows = 4,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; rows?: number }) {
  return (
    <TextField {...named(field)} value={value} onChange={onChange} className={field.className ?? ""}>
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <TextArea dir="auto" rows={rows} className={`${box} h-auto resize-y py-1.5 leading-5`} />
    </TextField>
  );
}

interface NumberProps extends FieldProps {
  value: number;
  onChange: (value: number) => void;
  least?: number;
  most?: number;
  step?: number;
}

/** A whole number; typed, or stepped with the arrow keys. */
export function NumberInput({ value, onChange, least = 0, most = 1440, step = 1, ...field }: NumberProps) {
  return (
    <NumberField
      {...named(field)}
      value={value}
      onChange={(number) => onChange(Number.isFinite(number) ? Math.round(number) : least)}
      minValue={least}
      maxValue={most}
      step={step}
      formatOptions={{ maximumFractionDigits: 0, useGrouping: false }}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <Input className={box} />
    </NumberField>
  );
}

interface DateProps extends FieldProps {
  /** As in `2026-11-23`. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** Takes the time of day, where one may be typed with the date, in minutes from midnight. */
  onMinute?: (minute: number) => void;
  /** The last date that makes sense. */
  latest?: string;
  /** What to say of a later one. */
  fault?: string;
}

/** A date, typed part by part, or in words: a letter, `+` or `-` begins them. */
export function DateInputField({ value, onChange, onMinute, latest, fault: said, ...field }: DateProps) {
  const [typed, setTyped] = useState<string>();
  const isLate = latest !== undefined && value !== null && value > latest;
  if (typed !== undefined) {
    return (
      <MomentInput
        label={field.label}
        isBare={field.isBare ?? false}
        className={field.className ?? ""}
        typed={typed}
        onTyped={setTyped}
        onMoment={({ date, minute }) => {
          if (date) {
            onChange(date.toString());
          }
          if (minute !== undefined) {
            onMinute?.(minute);
          }
        }}
      />
    );
  }
  return (
    <DateField<CalendarDate>
      onKeyDown={(event) => {
        const isModified = event.ctrlKey || event.metaKey || event.altKey;
        if (!isModified && /^[\p{L}+-]$/u.test(event.key)) {
          // The letter is in the words already.
          event.preventDefault();
          setTyped(event.key);
        } else {
          event.continuePropagation();
        }
      }}
      {...named(field)}
      value={value === null ? null : parseDate(value)}
      isInvalid={isLate}
      onChange={(date) => onChange(date?.toString() ?? null)}
      isRequired={field.isRequired ?? false}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <Segments />
      <FieldError className={fault}>{isLate ? said : undefined}</FieldError>
    </DateField>
  );
}

interface TimeProps extends FieldProps {
  /** Minutes from midnight; 1440 is the end of the day. */
  value: number;
  onChange: (minute: number) => void;
  /** Midnight means the end of the day. */
  isEnd?: boolean;
}

/** A time of day, typed part by part. */
export function TimeInput({ value, onChange, isEnd, ...field }: TimeProps) {
  const { clock, language } = usePreferences();
  return (
    <TimeField
      {...named(field)}
      hourCycle={clock === "12" && language === "en" ? 12 : 24}
      shouldForceLeadingZeros={clock === "24" || language === "fr"}
      value={new Time(Math.floor(value / 60) % 24, value % 60)}
      onChange={(time) => {
        const minute = (time?.hour ?? 0) * 60 + (time?.minute ?? 0);
        onChange(isEnd && minute === 0 ? 1440 : minute);
      }}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <Segments />
    </TimeField>
  );
}

/** The parts of a date or time, each at least as large as a finger needs. */
function Segments() {
  return (
    <DateInput className={`${edge} flex items-center whitespace-nowrap px-1`}>
      {(segment) => (
        <DateSegment
          segment={segment}
          className={
            segment.type === "literal"
              ? ""
              : "flex h-6 min-w-6 items-center justify-center rounded-[3px] px-0.5 outline-none focus:bg-accent focus:text-accent-ink data-placeholder:text-quiet data-placeholder:focus:text-accent-ink"
          }
        />
      )}
    </DateInput>
  );
}

/** Something to choose from. */
export interface Option {
  id: string;
  name: ReactNode;
  text?: string;
}

interface ChoiceProps extends FieldProps {
  value: string;
  options: readonly Option[];
  onChange: (id: string) => void;
}

/** One of a few. */
export function Choice({ value, options, onChange, ...field }: ChoiceProps) {
  return (
    <Select
      {...named(field)}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      className={field.className ?? ""}
    >
      {!field.isBare && <Label className={label}>{field.label}</Label>}
      <AriaButton className={`${box} flex items-center justify-between gap-1 focus-visible:outline-2`}>
        <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden size={14} className="shrink-0 text-quiet" />
      </AriaButton>
      <Popover className="min-w-(--trigger-width) rounded-control border border-edge bg-surface shadow-lg">
        <ListBox className="max-h-72 overflow-y-auto p-1 outline-none">
          {options.map(({ id, name, text }) => (
            <ListBoxItem
              key={id}
              id={id}
              textValue={text ?? (typeof name === "string" ? name : id)}
              className="group flex h-8 items-center justify-between gap-3 rounded-control px-2 outline-none data-focused:bg-raised"
            >
              {name}
              <Check aria-hidden size={14} className="invisible text-accent group-data-selected:visible" />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface CheckProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  className?: string;
}

/** Something that holds or does not. */
export function Tick({ children, isSelected, onChange, className }: CheckProps) {
  return (
    <AriaCheckbox
      isSelected={isSelected}
      onChange={onChange}
      className={`group flex min-h-6 items-center gap-2 ${className ?? ""}`}
    >
      <span className="flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-edge bg-surface outline-accent group-data-selected:border-accent group-data-selected:bg-accent group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2">
        <Check
          aria-hidden
          size={12}
          strokeWidth={3}
          className="invisible text-accent-ink group-data-selected:visible"
        />
      </span>
      <span className="min-w-0">{children}</span>
    </AriaCheckbox>
  );
}

interface ChecksProps {
  label: string;
  options: readonly { id: string; name: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  className?: string;
}

/** Any of a few. */
export function Checks({ label: text, options, value, onChange, className }: ChecksProps) {
  return (
    <fieldset className={className}>
      <legend className={label}>{text}</legend>
      <div className="flex flex-col gap-1">
        {options.map(({ id, name }) => (
          <Tick
            key={id}
            isSelected={value.includes(id)}
            onChange={(is) => onChange(is ? [...value, id] : value.filter((other) => other !== id))}
          >
            {name}
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}
