import { contracts } from '../../shared/contracts/index.ts';

/** Every path of the contracts as a pattern, with its methods. */
const paths = [
  ...Map.groupBy(
    Object.keys(contracts).map((key) => key.split(' ') as [string, string]),
    ([, path]) => path,
  ),
].map(([path, operations]) => ({
  pattern: new RegExp(`^/api/v1${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  methods: operations.map(([method]) => method),
}));

/** The methods for the `Allow` header of a path (RFC 9110 section 10.2.1), sorted; empty when the API has no such path. */
export function listAllowedMethods(path: string): string[] {
  const methods = new Set(paths.filter(({ pattern }) => pattern.test(path)).flatMap((found) => found.methods));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
