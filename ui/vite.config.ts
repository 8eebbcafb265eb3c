import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Leaves out the older format of the letters, which every web view that Ordo runs in can do without. */
const lettersOnce: Plugin = {
  name: "letters-once",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("@fontsource") && id.endsWith(".css")
      ? code.replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, "")
      : undefined,
};

/**
 * Has Tailwind's reset leave pseudo-elements alone. A browser works out the look of each one that a rule names, here of
 * three more for every element, wherever something above them changes; none of Ordo's has anything to be reset.
 */
const elementsOnly: Plugin = {
  name: "elements-only",
  enforce: "pre",
  transform: (code, id) => {
    if (!id.endsWith("/theme.css")) {
      return;
    }
    const reset = /\*,\s*::?after,\s*::?before,\s*::backdrop(?=[^{]*\{\s*box-sizing)/;
    if (!reset.test(code)) {
      throw new Error("Tailwind's reset is not where it was");
    }
    return { code: code.replace(reset, "*"), map: null };
  },
};

/** Leaves out what React Aria says in the 32 languages that Ordo does not speak. */
const ownLanguages = optimizeLocales.vite({ locales: ["en-US", "fr-FR"] });

/** Has the page load the drawing's modules from its first line on; the first module evaluates them later. */
const drawingAhead: Plugin = {
  name: "drawing-ahead",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {}, chunk: first }) => {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const of = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const drawing = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/frame/drawing.tsx"));
      if (!drawing) {
        throw new Error("the page has no drawing to load ahead");
      }
      const wanted = new Set([drawing.fileName]);
      for (const file of wanted) {
        for (const each of of.get(file)?.imports ?? []) {
          wanted.add(each);
        }
      }
      const files = [...wanted].filter((file) => file !== first?.fileName);
      return files
        .filter((file) => !html.includes(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head",
        }));
    },
  },
};

/** Reads the window's words while it is built, so that it needs no reader of their notation (ICU) when it starts. */
const wordsRead: Plugin = {
  name: "words-read",
  enforce: "pre",
  transform: (code, id) =>
    /\/words\/(en|fr)\.json$/.test(id)
      ? {
          code: JSON.stringify(
            JSON.parse(code, (_, text) => (typeof text === "string" ? compile(text) : text)),
          ),
          map: null,
        }
      : undefined,
};

export default defineConfig({
  // What takes words that were read before, in place of what reads them.
  resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  plugins: [wordsRead, lettersOnce, ownLanguages, drawingAhead, react(), tailwindcss(), elementsOnly],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: ["es2023", "safari16"],
    assetsInlineLimit: 0,
    // Each icon would be a file else, as screens that are loaded later share many of them.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "icons", test: /lucide-react/ },
            { name: "react", test: /react-dom|scheduler/ },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    // A machine under load is slow, not wrong.
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}"],
    // It must be given what the alias above names.
    server: { deps: { inline: ["use-intl"] } },
    setupFiles: ["src/test/setup.ts"],
  },
});
