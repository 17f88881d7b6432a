import { defineConfig } from 'vite';
import { leaveOut, onlyAscii, plainHttp } from './scripts/vite/lean-server.ts';

/**
 * Server and command line as few files, so that starting reads and compiles less (docs/decisions/server-bundle.md). Packages
 * that are loaded by path, or seldom, are left where they are.
 */
export default defineConfig({
  plugins: [plainHttp, leaveOut, onlyAscii],
  publicDir: false,
  ssr: {
    noExternal: true,
    external: [
      // Needs its modules to be run in their own order (tsyringe before reflect-metadata fails).
      '@simplewebauthn/server',
      '@sparticuz/chromium',
      'kysely-codegen',
      'pdfkit',
      'pg-native',
      'playwright-core',
      'typescript',
    ],
  },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node24',
    // For traces (source-positions.ts).
    sourcemap: true,
    rolldownOptions: {
      input: {
        acolhe: 'src/cli/main.ts',
        server: 'src/server/main.ts',
        'reading-process': 'src/server/features/imports/reading-process/main.ts',
      },
      output: {
        format: 'es',
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
        // V8 keeps the whole text of a program: without comments and spaces that is half. Names stay, for traces.
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
});
