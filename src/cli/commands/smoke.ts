import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { CommandFailure } from '../failure.ts';
import { readEmail } from '../operator.ts';
import { printNote, printLine, printJson } from '../output.ts';
import { assertWritable } from '../output-file.ts';
import { type ImapAccount, parseImapUrl } from '../smoke/imap-account.ts';
import type { StepResult } from '../smoke/report.ts';

interface Options {
  readonly baseUrl: string;
  readonly email?: string;
  readonly code?: string;
  readonly imap?: string;
  readonly expectCommit?: string;
  readonly browser?: true;
  readonly chromium?: string;
  readonly metricsUrl?: readonly string[];
  readonly metricsToken?: string;
  readonly junit?: string;
  readonly json?: true;
}

export const smokeCommand = new Command('smoke')
  .description('try a running deployment as its users would; exit 1 when something does not work')
  .requiredOption('--base-url <url>', 'where it runs, such as https://clinica.example')
  .option('--email <address>', 'also sign in as this person and work with a client')
  .option('--code <code>', 'the sign-in code; without it the development mailbox is read, or you are asked for it')
  // From the environment, so that the password is not in the list of processes.
  .addOption(new Option('--imap <url>', 'where codes arrive: imaps://user:password@host/folder').env('SMOKE_IMAP_URL'))
  .option('--expect-commit <id>', 'fail when another commit runs there')
  .option('--browser', 'also click through the web app at phone and computer size')
  .option('--chromium <path>', 'with --browser: the Chromium or Chrome to start')
  .option(
    '--metrics-url <url...>',
    'with METRICS_TOKEN: where the servers count their answers, when the address itself does not tell (default: /metrics there)',
  )
  .addOption(new Option('--metrics-token <token>', 'what opens it').env('METRICS_TOKEN').hideHelp())
  .option('--junit <file>', 'also write the results as JUnit XML')
  .option('--json', 'the results as JSON')
  .addHelpText('after', '\nIt signs out again and archives the client it makes. Best done with an account of its own.')
  .action(async (options: Options) => {
    const baseUrl = readBaseUrl(options.baseUrl);
    const email = options.email === undefined ? undefined : await readEmail(options.email);
    const imap = options.imap === undefined ? undefined : readImapUrl(options.imap);
    if (options.junit !== undefined) await assertWritable('--junit', options.junit);
    const [{ Report, renderJunit }, { checkTransport }, { watchFaults }] = await Promise.all([
      import('../smoke/report.ts'),
      import('../smoke/transport-steps.ts'),
      import('../smoke/server-faults.ts'),
    ]);
    const report = new Report((result) => {
      if (options.json !== true) printLine(describeResult(result));
    });
    const checkFaults = await watchFaults(options.metricsUrl ?? [`${baseUrl}/metrics`], options.metricsToken);
    await checkTransport(report, baseUrl, options.expectCommit);
    if (email === undefined) {
      report.skip('sign-in by code', 'no --email was given');
      if (options.browser === true) report.skip('web app in a browser', 'no --email was given');
    } else {
      const [{ findCodes }, { checkSession }] = await Promise.all([
        import('../smoke/codes.ts'),
        import('../smoke/session-steps.ts'),
      ]);
      const codes = await findCodes(baseUrl, email, { code: options.code, imap });
      await checkSession(report, { baseUrl, email, codes });
      if (options.browser === true) {
        const { checkBrowser } = await import('../smoke/browser-steps.ts');
        await checkBrowser(report, { baseUrl, email, codes, chromium: options.chromium });
      }
    }
    await checkFaults(report);
    if (options.junit !== undefined) await writeFile(options.junit, renderJunit(report.results, baseUrl));
    const failed = report.count('failed');
    if (options.json === true) printJson({ ok: failed === 0, baseUrl, results: report.results });
    printNote(
      `${String(report.count('passed'))} passed, ${String(failed)} failed, ${String(report.count('skipped'))} skipped`,
    );
    if (failed > 0) process.exitCode = 1;
  });

const describeResult = ({ name, outcome, detail, milliseconds }: StepResult): string =>
  `${outcome.padEnd(8)}${name} (${String(milliseconds)} ms): ${detail}`;

function readImapUrl(text: string): ImapAccount {
  const account = parseImapUrl(text);
  // Without the text itself, which contains a password.
  if (account === undefined)
    throw new CommandFailure('--imap takes imaps://user:password@host/folder, user and password percent-encoded.');
  return account;
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new CommandFailure('--base-url takes an address such as https://clinica.example, without a path.');
  return url.origin;
}
