import babel from '@rolldown/plugin-babel';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The web app: `index.html` and `src/web` become `dist/web`, which the server hands out. */
export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] })],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // Safari 16.4 and what came with it: the oldest iPhones that still get updates.
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox114'],
    // No data: addresses, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
