import { contracts } from '../../shared/contracts/index.ts';

/** Each path of the contracts as a pattern, with the methods it takes; paths that name a part come before `{id}`. */
const paths = [
  ...Map.groupBy(
    Object.keys(contracts).map((key) => key.split(' ') as [string, string]),
    ([, path]) => path,
  ),
].map(([path, operations]) => ({
  pattern: new RegExp(`^/api/v1${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  methods: operations.map(([method]) => method),
}));

/** The methods that a path of the API takes, as an `Allow` header lists them (RFC 9110 section 10.2.1); none for no path. */
export function allowedMethods(path: string): string[] {
  const methods = new Set(paths.filter(({ pattern }) => pattern.test(path)).flatMap((found) => found.methods));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
