import { findProgram } from '../../scripts/bootstrap/server-build.mjs';

/**
 * What tests start as processes: the bundle that operators run, where it is built from the current sources, as `npm test` sees
 * to; otherwise the sources, which start several times more slowly.
 */
export const programs = { cli: findProgram('cli'), server: findProgram('server') };

/** Where to find programs, and the code of earlier starts, already compiled. */
export const processEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  ...(process.env['NODE_COMPILE_CACHE'] !== undefined && { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }),
};
