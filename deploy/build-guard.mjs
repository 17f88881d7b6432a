/** The branch that production is built from. */
export const productionBranch = 'main';

/**
 * Says why this build must not go on; undefined when it may. Previews may be built from any branch, production from one only:
 * nobody has reviewed what is on another branch, and the next deployment would undo it.
 * @param {NodeJS.ProcessEnv} env
 */
export function refuseBuild(env) {
  const { VERCEL_ENV: environment, VERCEL_GIT_COMMIT_REF: branch } = env;
  if (environment !== 'production' || branch === productionBranch) return undefined;
  return `Production is built from ${productionBranch}, and this is ${branch || 'no branch at all'}: merge first, then deploy that.`;
}
