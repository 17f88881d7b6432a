import { basename, dirname } from 'node:path/posix';
import type { Plugin, Rolldown } from 'vite';

/** All of a file that does nothing but give the exports of another one by their own names. */
const facade = /^export\{(?<names>[^}]+)\}from"\.\/(?<part>[^"]+)";?\s*$/;

/** Whether a file only leads to another one. */
export const isFacade = ({ code }: Pick<Rolldown.OutputChunk, 'code'>): boolean => facade.test(code);

/** `t as Page,n as load` → `({Page:e.t,load:e.n})`, of a module `e`. */
const toObject = (names: string): string => `({${names.replace(/(\w+) as (\w+)/g, '$2:e.$1')}})`;

/** Code that needs a part without the facade that leads to it. */
function withoutFacade(code: string, { fileName, code: own }: Rolldown.OutputChunk): string {
  const { names = '', part = '' } = facade.exec(own)?.groups ?? {};
  const file = basename(fileName);
  const direct = `import("./${part}").then(e=>${toObject(names)})`;
  return ['`', '"', "'"]
    .reduce((text, quote) => text.replaceAll(`import(${quote}./${file}${quote})`, () => direct), code)
    .replaceAll(`"${fileName}"`, `"${dirname(fileName)}/${part}"`);
}

/**
 * What is imported dynamically and travels in a part with other modules gets a file of its own from the bundler, which leads to
 * the part. Over HTTP/1.1 such a file costs a round trip, so the part is imported without it.
 */
export function inlineFacades(): Plugin {
  return {
    name: 'inline-facades',
    apply: 'build',
    generateBundle: {
      // After Vite has listed what each dynamic import needs.
      order: 'post',
      handler: (_options, bundle) => {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const [facades, others] = [chunks.filter(isFacade), chunks.filter((chunk) => !isFacade(chunk))];
        for (const chunk of others) {
          chunk.code = facades.reduce(withoutFacade, chunk.code);
          const left = facades.find(({ fileName }) => chunk.code.includes(basename(fileName)));
          if (left !== undefined) throw new Error(`${chunk.fileName} still needs ${left.fileName}`);
        }
        for (const { fileName } of facades) Reflect.deleteProperty(bundle, fileName);
      },
    },
  };
}
