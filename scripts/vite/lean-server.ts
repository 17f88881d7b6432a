import http from 'node:http';
import remapping from '@jridgewell/remapping';
import MagicString from 'magic-string';
import type { Plugin } from 'vite';

/** The exports of `node:http` without those that are made when they are first asked for. */
const httpNames = Object.entries(Object.getOwnPropertyDescriptors(http)).flatMap(([name, property]) =>
  'value' in property ? name : [],
);

/**
 * Importing `node:http` asks for all its exports, and some of them load the whole of Node's fetch: 40 ms and 13 MB in each process.
 * This takes the same module from where nothing is asked for.
 */
export const plainHttp: Plugin = {
  name: 'plain-http',
  enforce: 'pre',
  resolveId: {
    filter: { id: /^(node:)?http$/ },
    handler: (_source, _importer, { kind }) => (kind === 'import-statement' ? '\0plain-http' : undefined),
  },
  load: {
    filter: { id: /^\0plain-http$/ },
    handler: () =>
      `const http = process.getBuiltinModule('node:http');\nexport default http;\nexport const { ${httpNames.join(', ')} } = http;`,
  },
};

/**
 * What packages import and the product never gets to, with the least that they need of it when they are loaded: a search of the disk
 * for settings (graphile-worker), files by patterns (@fastify/static), compilers of schemas and requests without a socket (fastify).
 */
const unreached: Readonly<Record<string, string>> = {
  cosmiconfig: 'export const cosmiconfigSync = () => ({ search: () => null });',
  glob: 'export const glob = undefined;',
  '@fastify/ajv-compiler': 'export default undefined;',
  '@fastify/fast-json-stringify-compiler': 'export default undefined;',
  'light-my-request': 'export default undefined;',
};

export const leaveOut: Plugin = {
  name: 'leave-out',
  enforce: 'pre',
  resolveId: (source) => (source in unreached ? `\0unreached:${source}` : undefined),
  load: (id) => (id.startsWith('\0unreached:') ? unreached[id.slice('\0unreached:'.length)] : undefined),
};

/** Where a letter beyond ASCII cannot be written as an escape: in a raw template, and after a backslash of its own. */
const meansLetters = /\.raw`[^`]*[^\0-\x7f]|(?<!\\)(?:\\\\)*\\[^\0-\x7f]/;

/** Writes what is not ASCII as escapes: V8 keeps a program with a single “ in two bytes a letter, and reads it more slowly. */
export const onlyAscii: Plugin = {
  name: 'only-ascii',
  generateBundle: (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || chunk.map === null) continue;
      if (meansLetters.test(chunk.code))
        throw new Error(`${chunk.fileName}: an escape would mean something else there`);
      const text = new MagicString(chunk.code);
      text.replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
      if (!text.hasChanged()) continue;
      chunk.code = text.toString();
      const { mappings, names, sources, sourcesContent } = remapping(
        [text.generateMap({ hires: 'boundary' }) as never, chunk.map as never],
        () => null,
      );
      Object.assign(chunk.map, { mappings, names, sources, sourcesContent });
    }
  },
};
