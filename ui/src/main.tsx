import "@fontsource-variable/inter";
import "./theme.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { DayScreen } from "./day/day-screen";
import { createQueryClient } from "./lib/queries";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <DayScreen />
      </QueryClientProvider>
    </StrictMode>,
  );
}
