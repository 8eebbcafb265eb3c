import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
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

/** Leaves out what React Aria says in the 32 languages that Ordo does not speak. */
const ownLanguages = optimizeLocales.vite({ locales: ["en-US", "fr-FR"] });

export default defineConfig({
  plugins: [lettersOnce, ownLanguages, react(), tailwindcss()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: { target: ["es2023", "safari16"], assetsInlineLimit: 0 },
  test: {
    environment: "happy-dom",
    // A machine under load is slow, not wrong.
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
  },
});
