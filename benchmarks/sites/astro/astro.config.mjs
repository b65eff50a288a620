import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://papers.example.org",
  outDir: "output",
  cacheDir: "./cache",
  vite: { cacheDir: "./cache/vite" },
  markdown: { syntaxHighlight: false, smartypants: false },
  devToolbar: { enabled: false },
});
