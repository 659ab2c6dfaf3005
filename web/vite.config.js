import { defineConfig } from 'vite';

import { makeFinishedRun } from './finished.mjs';

export default defineConfig({
  // Relative addresses everywhere: the site works from any folder of any server.
  base: './',
  // Before main.js asks for its files.
  plugins: [{ name: 'finished-run', buildStart: makeFinishedRun }],
  build: {
    outDir: '../dist',
    // The code of a room is named after it.
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) => {
          const [, room] = /rooms\/(\w+)\/view\.js$/.exec(facadeModuleId ?? '') ?? [];
          return `assets/${room ?? '[name]'}-[hash].js`;
        },
      },
    },
    emptyOutDir: true,
    // The module and the data stay files that are streamed, however small they get.
    assetsInlineLimit: (file) => (/\.(wasm|csv|json|safetensors)$/.test(file) ? false : undefined),
  },
  // The worker is started from a Blob, and a classic script is what every browser takes from one.
  worker: { format: 'iife' },
  // The development server also reads wasm/, data/ and build/, which lie beside web/.
  server: { fs: { allow: ['..'] } },
});
