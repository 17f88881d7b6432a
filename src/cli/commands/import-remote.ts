import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { CommandFailure } from '../failure.ts';
import { readEmail } from '../operator.ts';
import { type ImportChoices, runOperatorImport, withImportOptions } from '../operator-import.ts';
import { printNote } from '../output.ts';
import { createProgress } from '../progress.ts';

interface Options extends ImportChoices {
  readonly apiBase: string;
  readonly email?: string;
  readonly otp?: string;
  readonly token?: string;
  readonly allowHttp?: true;
}

export const importRemoteCommand = withImportOptions(
  new Command('import-remote')
    .description('clients from another Acolhe or from the earlier Django system, all or nothing; repeatable')
    .requiredOption('--api-base <url>', 'where the other system runs, such as https://clinica.example'),
)
  .option('--email <address>', 'whom to sign in there; a code is sent and asked for')
  // From the environment, so that they are not in the list of processes.
  .addOption(new Option('--otp <code>', 'a code that was sent already').env('ACOLHE_REMOTE_OTP'))
  .addOption(new Option('--token <token>', 'an access token, instead of signing in').env('ACOLHE_REMOTE_TOKEN'))
  .option('--allow-http', 'also without encryption, on a network of your own')
  .addHelpText(
    'after',
    '\nEverything is fetched first, then imported at once. Lines are positions in the list of the other system.',
  )
  .action(async (options: Options) => {
    const { fetchRemoteClients, readRemoteAddress } = await import('../../server/features/imports/api.ts');
    const address = readRemoteAddress(options.apiBase, options.allowHttp === true);
    const account = await readAccount(options);
    const progress = createProgress();
    let opened: Awaited<ReturnType<typeof fetchRemoteClients>> | undefined;
    try {
      await runOperatorImport(options, {
        source: 'remote',
        name: address.host,
        bytes: null,
        settings: {},
        open: async () => {
          opened = await fetchRemoteClients(
            { address, account, limit: options.limit },
            {
              askCode,
              notify: (text) => {
                progress.end();
                printNote(text);
              },
              onFetched: (count, total) => {
                progress.show(
                  total === undefined ? 0 : Math.min(1, count / Math.max(1, total)),
                  `${String(count)} clients fetched`,
                );
              },
            },
          );
          progress.end();
          return opened;
        },
      });
    } finally {
      progress.end();
      await opened?.close();
    }
  });

async function readAccount({ email, otp, token }: Options) {
  if ((email === undefined) === (token === undefined))
    throw new CommandFailure('Give either --email or --token (or ACOLHE_REMOTE_TOKEN).');
  if (token !== undefined) {
    // Anything else is not allowed in the Authorization header.
    if (!/^[\w.~+/=-]+$/.test(token.trim()))
      throw new CommandFailure('The token is none: it has spaces or other signs.');
    return { token: token.trim() };
  }
  return { email: await readEmail(email ?? ''), code: otp?.replace(/\s/g, '') };
}

/** Asks for the sign-in code on the terminal, or reads it from stdin. Throws CommandFailure if stdin ends first. */
async function askCode(email: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: process.stdin.isTTY });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('close', () => {
        reject(
          new CommandFailure(
            `A code is on its way to ${email}. Nobody can be asked for it here: run the command again with --otp CODE or ACOLHE_REMOTE_OTP.`,
          ),
        );
      });
      lines.question(`The code that arrived at ${email}: `, (line) => {
        resolve(line.replace(/\s/g, ''));
      });
    });
  } finally {
    lines.close();
  }
}
