import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses everywhere: the site works from any folder of any server.
  base: './',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // The module and the data stay files that are streamed, however small they get.
    assetsInlineLimit: (file) => (/\.(wasm|csv)$/.test(file) ? false : undefined),
  },
  // The worker is started from a Blob, and a classic script is what every browser takes from one.
  worker: { format: 'iife' },
  // The development server also reads wasm/, data/ and build/, which lie beside web/.
  server: { fs: { allow: ['..'] } },
});
