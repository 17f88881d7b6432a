import { Command, Option } from 'commander';
import type { Config } from '../../server/config.ts';
import { type Finding, severities, type Severity } from '../checks/finding.ts';
import { readEmail } from '../operator.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';

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
    if (options.json === true) printJson({ ok: failing.length === 0, findings });
    else {
      for (const finding of findings) printLine(describeFinding(finding));
      const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
      printNote(`${formatCount(count('error'), 'error')}, ${formatCount(count('warning'), 'warning')}`);
    }
    if (failing.length > 0) process.exitCode = 1;
  });

const describeFinding = ({ code, name, severity, seen, mend }: Finding): string =>
  `${severity.padEnd(7)}  ${code} ${name}: ${seen}\n         → ${mend}`;

async function listFindings(deploy: boolean, testAddress: string | undefined): Promise<Finding[]> {
  const [{ examineConfig }, { checkSettings }, { checkHost }] = await Promise.all([
    import('../../server/config.ts'),
    import('../checks/settings.ts'),
    import('../checks/host.ts'),
  ]);
  printNote('configuration');
  const { config, problems } = examineConfig(process.env, { asProduction: deploy });
  const settings = checkSettings({ config, problems }, { deploy });
  const machine = deploy ? await checkHost(config) : [];
  // With an invalid variable, the wrong database or mail server would be checked.
  const isWrong = (names: RegExp) => problems.some(({ variable }) => names.test(variable));
  const embedded = config.database.url === undefined;
  const database =
    isWrong(/^(DATABASE|DB)_/) || (embedded && (deploy || problems.length > 0))
      ? []
      : await checkConfiguredDatabase(config, deploy);
  const mail = isWrong(/^EMAIL_/) ? [] : await checkConfiguredMail(config, deploy, testAddress);
  return [...settings, ...machine, ...database, ...mail];
}

async function checkConfiguredDatabase(config: Config, deploy: boolean): Promise<Finding[]> {
  const [{ openDatabase }, { checkDatabase }, { checkPooler }] = await Promise.all([
    import('../../server/db/open-database.ts'),
    import('../checks/database.ts'),
    import('../checks/pooler.ts'),
  ]);
  printNote('database');
  const database = await openDatabase(config, printNote);
  try {
    const { url, directUrl, poolMax } = config.database;
    const pooler = url === undefined ? [] : await checkPooler({ url, directUrl });
    // Nothing else can be asked through a pooler without a direct address.
    if (pooler.some(({ severity }) => severity === 'error')) return pooler;
    return [...pooler, ...(await checkDatabase(database.url, { deploy, poolMax }))];
  } finally {
    await database.stop();
  }
}

async function checkConfiguredMail(
  config: Config,
  deploy: boolean,
  testAddress: string | undefined,
): Promise<Finding[]> {
  const { checkMail, checkSender } = await import('../checks/mail.ts');
  printNote('mail');
  const mail = await checkMail(config, testAddress);
  return deploy && config.mail.transport === 'smtp' ? [...mail, ...(await checkSender(config))] : mail;
}
