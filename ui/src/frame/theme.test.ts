import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { choose } from "./preferences";
import { useDocument } from "./theme";

test("the document is marked with the language that is spoken, also while another is chosen", () => {
  choose({ language: "fr" });
  const { rerender } = renderHook(({ spoken }: { spoken: "en" | "fr" }) => useDocument(spoken), {
    initialProps: { spoken: "en" },
  });
  expect(document.documentElement.lang).toBe("en-CA");
  rerender({ spoken: "fr" });
  expect(document.documentElement.lang).toBe("fr-CA");
});
