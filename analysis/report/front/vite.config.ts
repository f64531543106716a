import { defineConfig } from 'vite';

// One script and one style sheet with names that stay, for the program to take in. ASCII alone, so that it can be cut anywhere.
const licence = `/*! uPlot 1.6.32, MIT License, Copyright (c) 2022 Leon Sorokin; land: Natural Earth, public domain */`;

export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    cssMinify: false, // it would put signs in the place of escapes
    cssCodeSplit: false,
    modulePreload: false,
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'peerlab', fileName: () => 'report.js', cssFileName: 'report' },
    rolldownOptions: { output: { postBanner: licence } },
  },
});
