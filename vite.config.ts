import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { inlineFacades } from './scripts/vite/facades.ts';
import { firstParts } from './scripts/vite/parts.ts';

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
    writeBundle: async () => {
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

/** Tells the service worker, and only it, what the build consists of; while one develops there is none. */
function shellWorker(): Plugin {
  return {
    name: 'shell-worker',
    config: ({ build }, { command }) => ({
      define: {
        'import.meta.env.VITE_SHELL_WORKER': JSON.stringify(command === 'build' && !build?.watch ? 'yes' : 'no'),
      },
    }),
    generateBundle: {
      // After Vite has taken out the chunks that held nothing but a style sheet.
      order: 'post',
      handler: async (_options, bundle) => {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') throw new Error('the build has lost its service worker');
        if (worker.imports.length > 0) throw new Error('the service worker must stand alone');
        const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file !== worker);
        const publicFiles = await readdir('src/web/public');
        const built = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
        const files = ['/', ...[...built, ...publicFiles].map((name) => `/${name}`)].sort();
        const hash = createHash('sha256').update(files.join('\n'));
        for (const file of ['index.html', ...publicFiles.map((name) => join('src/web/public', name))])
          hash.update(await readFile(file));
        const shell = { version: hash.digest('hex').slice(0, 12), entry: entry?.fileName, files };
        worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify(shell));
      },
    },
  };
}

const parts = firstParts();

/** The web app: `index.html` and `src/web` become `dist/web`, which the server hands out. */
export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [
    react(),
    lingui(),
    babel({ presets: [linguiTransformerBabelPreset()] }),
    parts.plugin,
    inlineFacades(),
    shellWorker(),
    precompress(),
  ],
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
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/web/worker/service-worker.ts' },
      output: {
        codeSplitting: { groups: [{ name: 'base', test: base, priority: 9 }, ...parts.groups] },
        // A service worker rules from where it lies, and is found again by its name.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
