import type { Config, ConfigError } from '../../server/config.ts';
import { checkConfiguration } from './configuration.ts';
import { checkDeployment } from './deployment.ts';
import type { Finding } from './finding.ts';

interface Examined {
  readonly config: Config;
  readonly problems: ConfigError['problems'];
}

/** Checks the environment: what keeps a server from starting, then (with `deploy`) what is unsafe in production. */
export function checkSettings({ config, problems }: Examined, { deploy }: { readonly deploy: boolean }): Finding[] {
  const refused = checkConfiguration({ problems });
  if (!deploy) return refused;
  const told = new Set(refused.map(({ name }) => name));
  // With an invalid EMAIL_ variable, findings about the mail server would mislead.
  if (problems.some(({ variable }) => variable.startsWith('EMAIL_'))) told.add('mail_not_sent').add('mail_in_clear');
  return [...refused, ...checkDeployment(config).filter(({ name }) => !told.has(name))];
}
