import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { oneScript } from './bundle/script.mjs';
import { workerFunction } from './bundle/worker.mjs';
import { makeColumns } from './columns.mjs';
import { makeFinishedRun } from './finished.mjs';

/** What no room is shown without but another that came with the page. */
const ofRooms = /web\/(rooms\/(?!learning|race\/race\.js|rooms\.js|words|workers)|parts\/map)|wasm\/settings\/graph/;

async function makeFiles() {
  makeColumns();
  await makeFinishedRun();
}

/** What makes the files that leave the page: behind the rooms, or for whoever opens it. */
const ofLeaving =
  /web\/shell\/(views\/|words\/)?leaving\.js|web\/parts\/(pictures\/|(words\/)?save\.js)|wasm\/lab\/(bytes|csv|lists|metrics|onnx\w*|protobuf|recipe|zip)\.mjs/;

/** What a page with an exercise loads besides. */
const ofExercise = /web\/shell\/(exercise_scene|views\/exercise_panel)\.js|wasm\/lab\/(exercise|result|version)\.mjs/;

export default defineConfig({
  // Relative addresses everywhere: the site works from any folder of any server.
  base: './',
  // Before main.js asks for its files.
  plugins: [{ name: 'made-files', buildStart: makeFiles }, workerFunction(), oneScript()],
  build: {
    outDir: '../dist',
    rolldownOptions: {
      input: ['index.html', 'builder.html'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
      output: {
        // What every visitor needs, and behind the data all rooms in one: apart, or with what they share in pieces, they are
        // larger.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'exercise', test: ofExercise },
            { name: 'leaving', test: ofLeaving },
            { name: 'rooms', test: ofRooms },
            {
              name: 'lab',
              test: /web\/(parts|worker|shell|languages\/languages|rooms\/words)|wasm\/|uplot|virtual:worker/,
            },
          ],
        },
        // Asked for by name: what leads there is named after the room.
        chunkFileNames: ({ facadeModuleId }) => {
          const [, room] = /rooms\/(\w+)\/view\.js$/.exec(facadeModuleId ?? '') ?? [];
          return `assets/${room ?? '[name]'}-[hash].js`;
        },
      },
    },
    emptyOutDir: true,
    // The module and the data stay files that are streamed, however small they get.
    assetsInlineLimit: (file) => (/\.(wasm|bin|json|safetensors)$/.test(file) ? false : undefined),
  },
  // The development server also reads wasm/, data/ and build/, which lie beside web/.
  server: { fs: { allow: ['..'] } },
});
