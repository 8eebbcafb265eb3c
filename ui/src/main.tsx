import "@fontsource-variable/inter";
import "./theme.css";
import "./day/board/pictures.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./frame/app";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
