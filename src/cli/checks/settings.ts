import type { Config, ConfigError } from '../../server/config.ts';
import { configurationFindings } from './configuration.ts';
import { deploymentFindings } from './deployment.ts';
import type { Finding } from './finding.ts';

interface Examined {
  readonly config: Config;
  readonly problems: ConfigError['problems'];
}

/** All findings about the environment: what keeps a server from starting, then what is unsafe in production. */
export function settingFindings({ config, problems }: Examined, { deploy }: { readonly deploy: boolean }): Finding[] {
  const refused = configurationFindings({ problems });
  if (!deploy) return refused;
  const told = new Set(refused.map(({ name }) => name));
  // With an invalid EMAIL_ variable, findings about the mail server would mislead.
  if (problems.some(({ variable }) => variable.startsWith('EMAIL_'))) told.add('mail_not_sent').add('mail_in_clear');
  return [...refused, ...deploymentFindings(config).filter(({ name }) => !told.has(name))];
}
