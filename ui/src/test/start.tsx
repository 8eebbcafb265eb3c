import { render } from "@testing-library/react";

import { Surroundings } from "../frame/app";
import { Start } from "../setup/start";
import { Refusal } from "./program";

/** Shows the window from its start; once the clinic is open it says `the window`. */
export const showStart = () =>
  render(
    <Surroundings>
      <Start>
        <p>the window</p>
      </Start>
    </Surroundings>,
  );

/** A clinic that opens with the passphrase `otters in reeds` alone. */
export function closedClinic() {
  let isOpen = false;
  return {
    /** Refused for want of the key until it is open. */
    needsKey: () => {
      if (!isOpen) {
        throw new Refusal("key-needed", "type the passphrase");
      }
    },
    unlock: ({ secret }: Record<string, unknown>) => {
      if (secret !== "otters in reeds") {
        throw new Refusal("key-needed", "that does not open the clinic");
      }
      isOpen = true;
      return null;
    },
  };
}
