import type { ComponentProps, KeyboardEvent, MouseEvent } from "react";

import { type ButtonLook, buttonLook } from "./button";

type BareButtonProps = Omit<ComponentProps<"button">, "onClick" | "type"> & { onPress: () => void };

/**
 * A button of the frame or the board's head: the web view's own. The first picture has some twenty of them, and the
 * library's take it longer than the cards of a day.
 */
export function BareButton({ onPress, onKeyDown, ...rest }: BareButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onKeyDown={(event: KeyboardEvent<HTMLButtonElement>) => {
        // A key that is held down presses once.
        if (event.repeat && event.key === "Enter") {
          event.preventDefault();
        }
        onKeyDown?.(event);
      }}
      onClick={(event: MouseEvent<HTMLButtonElement>) => {
        // Where a Mac leaves the keyboard when a button is clicked, nothing would give it back to the button.
        event.currentTarget.focus({ preventScroll: true });
        onPress();
      }}
    />
  );
}

interface FrameButtonProps extends Omit<ButtonLook, "isPressed">, Omit<BareButtonProps, "className"> {
  /** Its name, where the content is only an icon. */
  label?: string;
  /** The key that does the same anywhere in the window. */
  keys?: string;
}

/** A button of the frame that looks like every other one. */
export function FrameButton({ label, keys, isPrimary = false, isQuiet = false, ...rest }: FrameButtonProps) {
  return (
    <BareButton
      aria-label={label}
      aria-keyshortcuts={keys}
      className={buttonLook({ isPrimary, isQuiet })}
      {...rest}
    />
  );
}
