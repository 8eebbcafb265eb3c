import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetPreferences } from "../frame/preferences";
import { clearToasts } from "../frame/toasts";
import { loadWords } from "../words/words";

// A machine under load is slow, not wrong.
await Promise.all([loadWords("en"), loadWords("fr")]);

configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  clearToasts();
  localStorage.clear();
  forgetPreferences();
});
