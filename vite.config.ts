import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The web app: `index.html` and `src/web` become `dist/web`, which the server hands out. */
export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), lingui({ macroTransform: true })],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // Safari 17 and what came with it: popovers, inert, light contrast functions.
    target: ['es2023', 'safari17', 'chrome114', 'firefox125'],
    // No data: addresses, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs and no release changes travels as one file; pages bring their own parts.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|@lingui|@tanstack[\\/].*(router|store|history).*)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
