import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Lingui's own native transform is an optional package for Node 22 and later, which npm leaves out without a word when
// it runs under Node 20. Babel is slower and always there.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1';

const base = /node_modules[\\/](react|react-dom|scheduler|@lingui|@tanstack[\\/].*(router|store|history).*)[\\/]/;

/** The web app: `index.html` and `src/web` become `dist/web`, which the server hands out. */
export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] })],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // Safari 17 and what came with it: popovers, inert.
    target: ['es2023', 'safari17', 'chrome114', 'firefox125'],
    // No data: addresses, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What every page needs and no release changes travels as one file; pages bring their own parts.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: base }] } } },
  },
});
