import { join } from 'node:path';
import { normalizePath, type Plugin, type Rolldown } from 'vite';

const source = (path: string): string => normalizePath(join(import.meta.dirname, 'src/web', path));
const entry = source('app/main.tsx');
const signIn = source('features/session/sign-in-page.tsx');
/** What somebody signed in begins with: their clients, or the card of one. */
const beginnings: Readonly<Record<'home' | 'card', readonly string[]>> = {
  home: [source('app/home.ts'), source('features/clients/list/first-load.ts')],
  card: [source('features/clients/card/card-page.tsx')],
};

type Part = 'app' | 'home' | 'card';
type ModuleGraph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;

/** The modules that some need to run, themselves among them. */
function modulesOf(roots: readonly string[], graph: ModuleGraph): ReadonlySet<string> {
  const found = new Set(roots);
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/** Which part a module of the first pages travels in; none for the others. */
function describeParts(graph: ModuleGraph): (id: string) => Part | undefined {
  const app = modulesOf([entry], graph);
  const first = modulesOf([signIn], graph);
  const home = modulesOf(beginnings.home, graph);
  const card = modulesOf(beginnings.card, graph);
  return (id) => {
    // The entry stays a file of its own: by its name pages tell that a release is there.
    if (id === entry) return undefined;
    if (app.has(id)) return 'app';
    const isShared = first.has(id);
    if (home.has(id)) return isShared ? 'app' : 'home';
    return card.has(id) && !isShared ? 'card' : undefined;
  };
}

/**
 * Over a phone's network each file costs a round trip. So what the first pages consist of travels in one part for each,
 * beside the part that all of them share, and the page names the files of somebody signed in: public/appearance.js has them
 * fetched along with the app. Other modules are left to the bundler.
 */
export function firstParts(): { readonly plugin: Plugin; readonly groups: Rolldown.CodeSplittingGroup[] } {
  let partOf: ReturnType<typeof describeParts> | undefined;
  const plugin: Plugin = {
    name: 'first-parts',
    apply: 'build',
    buildStart: () => {
      partOf = undefined;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        (['home', 'card'] as const).map((part) => ({
          tag: 'meta',
          attrs: { name: `acolhe-${part}`, content: filesOf(part, Object.values(bundle)).join(' ') },
          injectTo: 'head-prepend',
        })),
    },
  };
  // In the order in which they take modules, with all that these need.
  const groups = (['app', 'home', 'card'] as const).map((part, place) => ({
    debugName: part,
    name: (id: string, graph: Rolldown.ChunkingContext) => {
      partOf ??= describeParts(graph);
      return partOf(id) === part ? part : null;
    },
    priority: 3 - place,
  }));
  return { plugin, groups };
}

/** Paths of a part's scripts and styles. Throws when it is not there. */
function filesOf(part: keyof typeof beginnings, bundle: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]) {
  const chunks = bundle
    .filter((file) => file.type === 'chunk')
    .filter(({ name, facadeModuleId }) => name === part || beginnings[part].includes(facadeModuleId ?? ''));
  if (chunks.length === 0) throw new Error(`the build has lost its part ${part}`);
  const names = chunks.flatMap(({ fileName, viteMetadata }) => [fileName, ...(viteMetadata?.importedCss ?? [])]);
  return [...new Set(names)].map((name) => `/${name}`);
}
