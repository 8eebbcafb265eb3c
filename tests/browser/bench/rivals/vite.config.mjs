import { resolve } from "node:path";

export default {
  root: import.meta.dirname,
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "../../results/rivals"),
    emptyOutDir: true,
    target: "es2023",
    lib: {
      entry: resolve(import.meta.dirname, "rivals.ts"),
      formats: ["iife"],
      name: "rivalsBundle",
      fileName: () => "rivals.js",
    },
  },
};
