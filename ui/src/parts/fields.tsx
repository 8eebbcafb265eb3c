/** The fields of every form: a label above, a box of one height, what is wrong below. */

import { type CalendarDate, parseDate } from "@internationalized/date";
import { Check, ChevronDown } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import {
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
  TextArea,
  TextField,
  useFilter,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import { usePreferences } from "../frame/preferences";
import type { Named } from "../lib/api";
import { readTime } from "../lib/moments";
import { END_OF_DAY, useTimes } from "../lib/times";
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

/** How far an arrow key moves a time, in minutes. */
const STEP = 15;

/** A time of day, typed as anybody writes it, such as `9`, `930` or `4pm`; the arrow keys go on by a quarter of an hour. */
export function TimeInput({ value, onChange, isEnd, ...field }: TimeProps) {
  const t = useTranslations("moment");
  const id = useId();
  const { time } = useTimes();
  const { clock, language } = usePreferences();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const read =
    typed === undefined
      ? undefined
      : readTime(typed, clock === "12" && language === "en" ? value : undefined);
  const isUnclear = typed !== undefined && read === undefined;
  const put = (minute: number) => {
    setTyped(undefined);
    // What is typed next replaces it once more.
    requestAnimationFrame(() => document.activeElement === input.current && input.current?.select());
    const taken = isEnd && minute === 0 ? END_OF_DAY : minute;
    if (taken !== value) {
      onChange(taken);
    }
  };
  const leave = () => (read === undefined ? setTyped(undefined) : put(read));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (steps !== 0) {
      event.preventDefault();
      const from = read ?? value;
      // To the next quarter of an hour, and on by quarters.
      const at = steps > 0 ? Math.floor(from / STEP) + 1 : Math.ceil(from / STEP) - 1;
      put((at * STEP + END_OF_DAY) % END_OF_DAY);
    } else if (event.key === "Enter" && typed !== undefined) {
      // The form goes on only with what was understood.
      event.preventDefault();
      if (read !== undefined) {
        put(read);
      }
    } else if (event.key === "Escape" && typed !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(undefined);
    }
  };
  return (
    <div className={`relative ${field.className ?? ""}`}>
      {!field.isBare && (
        <label htmlFor={id} className={label}>
          {field.label}
        </label>
      )}
      <input
        ref={input}
        id={id}
        {...named(field)}
        value={typed ?? time(value)}
        autoComplete="off"
        aria-invalid={isUnclear}
        {...(isUnclear && { "aria-describedby": `${id}-words` })}
        className={`${box} ${isUnclear ? "border-rule" : ""}`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      {isUnclear && (
        <p
          id={`${id}-words`}
          role="status"
          className="absolute top-full left-0 z-10 mt-1 w-max max-w-60 rounded-control border border-edge bg-surface px-2 py-1 text-rule text-small shadow-md"
        >
          {t("timeUnclear")}
        </p>
      )}
    </div>
  );
}

/** The parts of a date, each at least as large as a finger needs. */
function Segments() {
  return (
    <DateInput className={`${edge} flex items-center whitespace-nowrap px-1 tabular-nums`}>
      {(segment) => (
        <DateSegment
          segment={segment}
          className={
            segment.type === "literal"
              ? ""
              : "flex h-6 min-w-6 items-center justify-center rounded-[3px] px-1 outline-none focus:bg-accent focus:text-accent-ink data-placeholder:text-quiet data-placeholder:focus:text-accent-ink"
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
  autoFocus?: boolean;
  /** The button that opens the list. */
  ref?: Ref<HTMLButtonElement>;
}

/** One of a few. A form may have dozens of them, so that a list is drawn only once it is opened. */
export function Choice({ value, options, onChange, autoFocus, ref, ...field }: ChoiceProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => button.current as HTMLButtonElement);
  const [isOpen, setIsOpen] = useState(false);
  const { startsWith } = useFilter({ sensitivity: "base" });
  const at = options.findIndex((each) => each.id === value);
  const take = (chosen: Option | undefined) => chosen && chosen.id !== value && onChange(chosen.id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isOpen) {
      return;
    }
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      setIsOpen(true);
    } else if (key === "ArrowRight" || key === "ArrowLeft") {
      event.preventDefault();
      take(options[at + (key === "ArrowRight" ? 1 : -1)]);
    } else if (key.length === 1 && key !== " ") {
      // The next one of that letter, as in the system's own lists.
      const next = [...options.slice(at + 1), ...options.slice(0, at)].find((each) =>
        startsWith(inWords(each), key),
      );
      if (next) {
        event.preventDefault();
        take(next);
      }
    }
  };
  return (
    <div className={field.className ?? ""}>
      {!field.isBare && (
        <label id={`${id}-label`} htmlFor={id} className={label}>
          {field.label}
        </label>
      )}
      <button
        ref={button}
        id={id}
        type="button"
        // biome-ignore lint/a11y/noAutofocus: whoever asks for it has the keyboard here already.
        autoFocus={autoFocus ?? false}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        {...(field.isBare && { "aria-label": field.label })}
        aria-labelledby={`${id}-value ${field.isBare ? id : `${id}-label`}`}
        className={`${box} flex items-center justify-between gap-1 focus-visible:outline-2`}
        onClick={() => setIsOpen(true)}
        onKeyDown={onKeyDown}
      >
        <span id={`${id}-value`} className="truncate">
          {options[at]?.name}
        </span>
        <ChevronDown aria-hidden size={14} className="shrink-0 text-quiet" />
      </button>
      {isOpen && (
        <Popover
          isOpen
          trigger="Select"
          triggerRef={button}
          onOpenChange={setIsOpen}
          className="min-w-(--trigger-width) rounded-control border border-edge bg-surface shadow-lg"
        >
          <ListBox
            autoFocus
            aria-label={field.label}
            selectionMode="single"
            selectedKeys={[value]}
            className="max-h-72 overflow-y-auto p-1 outline-none"
            onSelectionChange={(keys) => {
              setIsOpen(false);
              // Whoever chooses what is chosen already takes nothing away.
              const [chosen] = keys === "all" ? [] : keys;
              take(options.find((each) => each.id === chosen));
            }}
          >
            {options.map((each) => (
              <ListBoxItem
                key={each.id}
                id={each.id}
                textValue={inWords(each)}
                className="group flex h-8 items-center justify-between gap-3 rounded-control px-2 outline-none data-focused:bg-raised"
              >
                {each.name}
                <Check aria-hidden size={14} className="invisible text-accent group-data-selected:visible" />
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      )}
    </div>
  );
}

const inWords = ({ id, name, text }: Option) => text ?? (typeof name === "string" ? name : id);

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
  options: readonly Named[];
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
