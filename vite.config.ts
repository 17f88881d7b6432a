import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

// Lingui's own native transform is an optional package for Node 22 and later, which npm leaves out without a word when
// it runs under Node 20. Babel is slower and always there.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1';

const base = /node_modules[\\/](react|react-dom|scheduler|@lingui|@tanstack[\\/].*(router|store|history).*)[\\/]/;

/** Lays a brotli and a gzip copy beside every text file, so that the server never compresses. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ build }) => {
      folder = build.outDir;
    },
    closeBundle: async () => {
      const entries = await readdir(folder, { recursive: true });
      await Promise.all(
        entries
          .filter((path) => /\.(js|css|html|svg|webmanifest)$/.test(path))
          .map(async (path) => {
            const file = join(folder, path);
            const content = await readFile(file);
            await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
            await writeFile(`${file}.gz`, await promisify(gzip)(content));
          }),
      );
    },
  };
}

/** The web app: `index.html` and `src/web` become `dist/web`, which the server hands out. */
export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] }), precompress()],
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
