import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";

/** What a button looks like. */
export interface ButtonLook {
  /** The one next action of a screen. */
  isPrimary?: boolean;
  /** Shown without weight, where pressing it changes nothing now. */
  isQuiet?: boolean;
  /** Whether what it does holds already; pressing it again takes it back. */
  isPressed?: boolean;
}

interface ButtonProps extends ButtonLook {
  children: ReactNode;
  onPress?: () => void;
  /** Its name, where the content is only an icon. */
  label?: string;
  /** The key that does the same anywhere in the window. */
  keys?: string;
  isDisabled?: boolean;
  /** Takes the focus when it appears, in place of what was chosen from. */
  autoFocus?: boolean;
  type?: "button" | "submit";
}

const base =
  "flex h-8 min-w-8 items-center [&>svg]:shrink-0 whitespace-nowrap justify-center rounded-control border px-2 font-medium text-body motion-safe:transition-colors motion-safe:duration-100 disabled:opacity-50 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-2";
const plain = "border-hairline bg-surface hover:bg-raised active:bg-raised hover:border-edge";
const primary = "border-transparent bg-accent px-3 text-accent-ink hover:opacity-90";

/** The classes of a button's look. */
export const buttonLook = ({ isPrimary, isQuiet, isPressed }: ButtonLook) =>
  `${base} ${isPrimary ? primary : plain} ${isQuiet ? "text-quiet" : ""} ${isPressed ? "border-accent bg-raised" : ""}`;

/** A button of the window. */
export function Button({
  children,
  onPress,
  label,
  keys,
  isPrimary = false,
  isQuiet = false,
  isPressed,
  ...rest
}: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusBack(button, rest.isDisabled ?? false);
  return (
    <AriaButton
      ref={button}
      {...(label && { "aria-label": label })}
      {...(keys && { "aria-keyshortcuts": keys })}
      className={buttonLook({ isPrimary, isQuiet, isPressed: isPressed ?? false })}
      {...(isPressed !== undefined && { "aria-pressed": isPressed })}
      {...(onPress && { onPress })}
      {...rest}
    >
      {children}
    </AriaButton>
  );
}

/** Gives a button the focus back that it lost while it could not be pressed, unless something else has it by then. */
function useFocusBack(button: RefObject<HTMLButtonElement | null>, isDisabled: boolean) {
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const element = button.current;
    // Some browsers take the focus away at once, before any effect of the change.
    const onBlur = () => {
      hadFocus.current = element?.disabled ?? false;
    };
    element?.addEventListener("blur", onBlur);
    return () => element?.removeEventListener("blur", onBlur);
  }, [button]);
  useLayoutEffect(() => {
    if (isDisabled) {
      // Others do so only with the next picture.
      hadFocus.current ||= document.activeElement === button.current;
    } else if (hadFocus.current) {
      hadFocus.current = false;
      if (document.activeElement === document.body || document.activeElement?.contains(button.current)) {
        button.current?.focus();
      }
    }
  }, [button, isDisabled]);
}
