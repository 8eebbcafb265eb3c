import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetPreferences } from "../frame/preferences";
import { clearToasts } from "../frame/toasts";
import { loadWords } from "../words/words";

// A machine under load is slow, not wrong.
await Promise.all([loadWords("en"), loadWords("fr")]);

// A browser tells of a changed selection once, later; this document at once, also while it is telling.
const dispatch = document.dispatchEvent.bind(document);
let isTelling = false;
document.dispatchEvent = (event) => {
  if (event.type !== "selectionchange") {
    return dispatch(event);
  }
  if (isTelling) {
    return true;
  }
  isTelling = true;
  try {
    return dispatch(event);
  } finally {
    isTelling = false;
  }
};

configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  clearToasts();
  localStorage.clear();
  forgetPreferences();
});
