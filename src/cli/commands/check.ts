import { Command } from 'commander';
import type { ConfigError } from '../../server/config.ts';
import type { Finding } from '../checks/finding.ts';
import { counted, note, say, sayJson } from '../output.ts';

interface Options {
  readonly deploy?: true;
  readonly json?: true;
}

export const checkCommand = new Command('check')
  .description(
    'look at the configuration, the database, its schema and the mail server; exit 1 when something is wrong',
  )
  .option('--deploy', 'also look for settings that are unsafe in production')
  .option('--json', 'the result as JSON')
  .action(async ({ deploy, json }: Options) => {
    const findings = await listFindings(deploy === true);
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (json === true) sayJson({ ok: errors.length === 0, findings });
    else {
      for (const finding of findings) say(describeFinding(finding));
      note(`${counted(errors.length, 'error')}, ${counted(findings.length - errors.length, 'warning')}`);
    }
    if (errors.length > 0) process.exitCode = 1;
  });

const describeFinding = ({ code, severity, seen, mend }: Finding): string =>
  `${severity.padEnd(7)}  ${code}: ${seen}\n         → ${mend}`;

async function listFindings(deploy: boolean): Promise<Finding[]> {
  const { ConfigError, loadConfig } = await import('../../server/config.ts');
  note('configuration');
  let config;
  try {
    config = loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return configurationFindings(error);
    throw error;
  }
  const [{ openDatabase }, { databaseFindings }, { mailFindings }, { deploymentFindings }] = await Promise.all([
    import('../../server/db/open-database.ts'),
    import('../checks/database.ts'),
    import('../checks/mail.ts'),
    import('../checks/deployment.ts'),
  ]);
  note('database');
  const database = await openDatabase(config, note);
  try {
    const ofDatabase = await databaseFindings(database.url, deploy);
    note('mail');
    return [...(deploy ? deploymentFindings(config) : []), ...ofDatabase, ...(await mailFindings(config))];
  } finally {
    await database.stop();
  }
}

const configurationFindings = ({ problems }: ConfigError): Finding[] =>
  problems.map(({ variable, got, takes }) => ({
    code: `invalid_${variable.toLowerCase()}`,
    severity: 'error',
    seen: `${variable} is ${got ?? 'not set'}`,
    mend: `it takes ${takes}`,
  }));
