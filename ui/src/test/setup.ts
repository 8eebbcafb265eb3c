import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetPreferences } from "../frame/preferences";
import { clearToasts } from "../frame/toasts";

afterEach(() => {
  cleanup();
  clearToasts();
  localStorage.clear();
  forgetPreferences();
});
