/** Works on a machine with Node 20 and nothing else: no packages, no TypeScript, no syntax newer than Node 20. */
export { ensureInstalled } from './installation.mjs';
export { node24Path, runInNode24, runNode } from './node-runtime.mjs';
export { root } from './paths.mjs';
export { ensureWebBuilt } from './web-build.mjs';
