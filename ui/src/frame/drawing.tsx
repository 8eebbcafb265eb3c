import type { QueryClient } from "@tanstack/react-query";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app";

/** Draws the whole window into a place of the page. */
export function draw(root: HTMLElement, client: QueryClient) {
  // In pieces, so that the window answers meanwhile.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App client={client} />
      </StrictMode>,
    ),
  );
}
