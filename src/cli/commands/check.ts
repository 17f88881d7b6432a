import { Command, Option } from 'commander';
import type { Config } from '../../server/config.ts';
import { type Finding, severities, type Severity } from '../checks/finding.ts';
import { readEmail } from '../operator.ts';
import { counted, note, say, sayJson } from '../output.ts';

interface Options {
  readonly deploy?: true;
  readonly failLevel: Severity;
  readonly sendTestMail?: string;
  readonly json?: true;
}

export const checkCommand = new Command('check')
  .description(
    'look at the configuration, the database, its schema, the mail server and the machine; exit 1 when something is wrong',
  )
  .option('--deploy', 'also look for settings that are unsafe in production, and at the sender’s DNS records')
  .addOption(
    new Option('--fail-level <level>', 'the least severity that makes the exit code 1')
      .choices(severities)
      .default('error'),
  )
  .option('--send-test-mail <address>', 'also send a mail there')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const testAddress = options.sendTestMail === undefined ? undefined : await readEmail(options.sendTestMail);
    const findings = await listFindings(options.deploy === true, testAddress);
    const failing = findings.filter(
      ({ severity }) => severities.indexOf(severity) <= severities.indexOf(options.failLevel),
    );
    if (options.json === true) sayJson({ ok: failing.length === 0, findings });
    else {
      for (const finding of findings) say(describeFinding(finding));
      const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
      note(`${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`);
    }
    if (failing.length > 0) process.exitCode = 1;
  });

const describeFinding = ({ code, name, severity, seen, mend }: Finding): string =>
  `${severity.padEnd(7)}  ${code} ${name}: ${seen}\n         → ${mend}`;

async function listFindings(deploy: boolean, testAddress: string | undefined): Promise<Finding[]> {
  const [{ examineConfig }, { settingFindings }, { hostFindings }] = await Promise.all([
    import('../../server/config.ts'),
    import('../checks/settings.ts'),
    import('../checks/host.ts'),
  ]);
  note('configuration');
  const { config, problems } = examineConfig(process.env, { asProduction: deploy });
  const settings = settingFindings({ config, problems }, { deploy });
  const machine = deploy ? await hostFindings(config) : [];
  // With a wrong variable, database and mail server would be looked for in the wrong place.
  const isWrong = (names: RegExp) => problems.some(({ variable }) => names.test(variable));
  const embedded = config.database.url === undefined;
  const database =
    isWrong(/^(DATABASE|DB)_/) || (embedded && (deploy || problems.length > 0))
      ? []
      : await lookAtDatabase(config, deploy);
  const mail = isWrong(/^EMAIL_/) ? [] : await lookAtMail(config, deploy, testAddress);
  return [...settings, ...machine, ...database, ...mail];
}

async function lookAtDatabase(config: Config, deploy: boolean): Promise<Finding[]> {
  const [{ openDatabase }, { databaseFindings }] = await Promise.all([
    import('../../server/db/open-database.ts'),
    import('../checks/database.ts'),
  ]);
  note('database');
  const database = await openDatabase(config, note);
  try {
    return await databaseFindings(database.url, { deploy, poolMax: config.database.poolMax });
  } finally {
    await database.stop();
  }
}

async function lookAtMail(config: Config, deploy: boolean, testAddress: string | undefined): Promise<Finding[]> {
  const { mailFindings, senderFindings } = await import('../checks/mail.ts');
  note('mail');
  const mail = await mailFindings(config, testAddress);
  return deploy && config.mail.transport === 'smtp' ? [...mail, ...(await senderFindings(config))] : mail;
}
