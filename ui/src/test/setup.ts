import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetPreferences } from "../frame/preferences";
import { clearToasts } from "../frame/toasts";
import { loadWords } from "../words/words";

// A machine under load is slow, not wrong.
await Promise.all([loadWords("en"), loadWords("fr")]);

// This document is none of the documents of its own window, by which a dialog looks for the focus within it.
Object.defineProperty(window.Document, Symbol.hasInstance, {
  value: (node: unknown) => node instanceof Node && node.nodeType === Node.DOCUMENT_NODE,
});

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
