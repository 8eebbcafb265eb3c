import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetPreferences } from "../frame/preferences";
import { clearToasts } from "../frame/toasts";

// A machine under load is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  clearToasts();
  localStorage.clear();
  forgetPreferences();
});
