/** The branch that production is built from. */
export const productionBranch = 'main';

/**
 * Why this build must not go on, or undefined when it may. Previews may come from any branch, production only from one:
 * what is deployed by hand from somewhere else would be gone with the next deployment, and nobody has reviewed it.
 * @param {NodeJS.ProcessEnv} env
 */
export function refuseBuild(env) {
  const { VERCEL_ENV: environment, VERCEL_GIT_COMMIT_REF: branch } = env;
  if (environment !== 'production' || branch === productionBranch) return undefined;
  return `Production is built from ${productionBranch}, and this is ${branch || 'no branch at all'}: merge first, then deploy that.`;
}
