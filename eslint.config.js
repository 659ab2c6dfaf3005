import js from '@eslint/js';
import globals from 'globals';

// Layout is Prettier's, types are tsc's: what is left are the rules that find mistakes.
export default [
  { ignores: ['build/', 'dist/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['**/*.mjs', 'eslint.config.js', 'web/vite.config.js'], languageOptions: { globals: globals.node } },
  {
    // These also run in the page and in its worker: nothing of Node's own may be presumed there.
    files: ['wasm/core.mjs', 'wasm/{words,settings,core,lab}/**'],
    languageOptions: { globals: { ...globals['shared-node-browser'], WebAssembly: 'readonly' } },
  },
  { files: ['web/**/*.js'], ignores: ['web/vite.config.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['web/worker.js', 'web/worker/*.js', 'web/rooms/*/worker.js', 'web/rooms/workers.js'],
    languageOptions: { globals: globals.worker },
  },
  // What is longer wants a scene, a class or a file of its own.
  { files: ['web/**', 'wasm/**'], rules: { 'max-lines-per-function': ['error', 80] } },
  {
    files: ['tests/browser/**', 'tests/embed/**', 'tests/package/{notebooks.mjs,projects/vite/*.js}'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['tests/gate.js'], languageOptions: { globals: globals.worker } },
];
