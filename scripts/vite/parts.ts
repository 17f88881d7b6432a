import { join } from 'node:path';
import { normalizePath, type Plugin, type Rolldown } from 'vite';
import type { Locale } from '../../src/shared/errors.ts';
import { isFacade } from './facades.ts';

const source = (path: string): string => normalizePath(join(import.meta.dirname, '../../src/web', path));
const entry = source('app/main.tsx');
const signIn = source('features/session/sign-in-page.tsx');
/** What somebody signed in begins with: their clients, or the card of one and what it shows when it stands. */
const beginnings = {
  home: [source('app/home.ts'), source('features/clients/list/first-load.ts')],
  card: [source('features/clients/card/card-page.tsx')],
  visits: [source('features/clients/card/second-load.ts')],
} as const;
const languages: readonly Locale[] = ['pt-BR', 'en'];
/** The words of those pages. */
const catalogueOf = (language: Locale): string => source(`locales/${language}/clients.po`);

type Beginning = keyof typeof beginnings;
type Part = 'app' | Beginning;
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
  const visits = modulesOf(beginnings.visits, graph);
  return (id) => {
    // The entry stays a file of its own: by its name pages tell that a release is there.
    if (id === entry) return undefined;
    if (app.has(id)) return 'app';
    const isShared = first.has(id);
    if (home.has(id)) return isShared ? 'app' : 'home';
    if (isShared) return undefined;
    return card.has(id) ? 'card' : visits.has(id) ? 'visits' : undefined;
  };
}

/**
 * Over a phone's network each file costs a round trip. So what the first pages consist of travels in one part for each,
 * beside the part that all of them share, and the page names the files of somebody signed in: public/appearance.js has them
 * fetched along with the app. Other modules are left to the bundler.
 */
export function firstParts(): { readonly plugin: Plugin; readonly groups: Rolldown.CodeSplittingGroup[] } {
  let partOf: ReturnType<typeof describeParts> | undefined;
  /** The API's origin, empty for the page's own. */
  let api = '';
  const plugin: Plugin = {
    name: 'first-parts',
    apply: 'build',
    configResolved: ({ env }) => {
      api = String(env['VITE_API_BASE_URL'] ?? '');
    },
    buildStart: () => {
      partOf = undefined;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const files = Object.values(bundle);
        const announced = {
          home: partFiles('home', files),
          card: [...partFiles('card', files), ...partFiles('visits', files)],
          ...Object.fromEntries(
            languages.map((language) => [`clients-${language}`, entryFiles(catalogueOf(language), files)]),
          ),
        };
        const metas = Object.entries({
          ...Object.fromEntries(Object.entries(announced).map(([name, paths]) => [name, paths.join(' ')])),
          api,
        });
        return metas.map(([name, content]) => ({
          tag: 'meta',
          attrs: { name: `acolhe-${name}`, content },
          injectTo: 'head-prepend',
        }));
      },
    },
  };
  // In the order in which they take modules, with all that these need.
  const groups = (['app', 'home', 'card', 'visits'] as const).map((part, place) => ({
    debugName: part,
    name: (id: string, graph: Rolldown.ChunkingContext) => {
      partOf ??= describeParts(graph);
      return partOf(id) === part ? part : null;
    },
    priority: 4 - place,
  }));
  return { plugin, groups };
}

type Files = readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[];

/** Paths of a part's scripts and styles. Throws when it is not there. */
const partFiles = (part: Beginning, files: Files): string[] =>
  pathsOf(part, files, (chunk) => chunk.name === part && !isFacade(chunk));

/** The same of a module that is a file of its own. */
const entryFiles = (module: string, files: Files): string[] =>
  pathsOf(module, files, ({ facadeModuleId }) => facadeModuleId === module);

function pathsOf(what: string, files: Files, isWanted: (chunk: Rolldown.OutputChunk) => boolean): string[] {
  const chunks = files.filter((file) => file.type === 'chunk').filter(isWanted);
  if (chunks.length === 0) throw new Error(`the build has lost its part ${what}`);
  const names = chunks.flatMap(({ fileName, viteMetadata }) => [fileName, ...(viteMetadata?.importedCss ?? [])]);
  return [...new Set(names)].map((name) => `/${name}`);
}
