import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapAccount } from './imap-account.ts';
import { Skipped } from './report.ts';

/** Where an account's sign-in codes come from. */
export interface Codes {
  /** Whether a second code is possible, for a second device. */
  readonly several: boolean;
  /** Returns a code; calls the given function if one has to be sent. */
  next(request: () => Promise<unknown>): Promise<string>;
}

interface CodeSources {
  readonly code: string | undefined;
  readonly imap: ImapAccount | undefined;
}

/**
 * Chooses where codes come from: the given code, otherwise the given IMAP mailbox, the server's development mailbox, or the
 * operator's terminal.
 */
export async function findCodes(baseUrl: string, email: string, { code, imap }: CodeSources): Promise<Codes> {
  if (code !== undefined) return { several: false, next: useOnce(code) };
  if (imap !== undefined) {
    const { fetchImapCode } = await import('./imap-codes.ts');
    return { several: true, next: (request) => fetchImapCode(imap, email, request) };
  }
  if ((await listMails(baseUrl)) !== undefined)
    return { several: true, next: (request) => readDevelopmentMailbox(baseUrl, email, request) };
  if (process.stdin.isTTY && process.stderr.isTTY)
    return { several: true, next: (request) => askOnTerminal(email, request) };
  return {
    several: false,
    next: () => Promise.reject(new Error('no way to a code: give --imap or --code, or run it in a terminal')),
  };
}

function useOnce(code: string): Codes['next'] {
  let used = false;
  return () => {
    if (used) return Promise.reject(new Skipped('one code was given, and it is used'));
    used = true;
    return Promise.resolve(code);
  };
}

interface Mail {
  readonly id: number;
  readonly to: string;
  readonly code: string | null;
}

/** Lists the development mailbox, newest first. Undefined if the server has none. */
async function listMails(baseUrl: string): Promise<Mail[] | undefined> {
  const answer = await fetch(`${baseUrl}/dev/mailbox`, { headers: { accept: 'application/json' } });
  const json = answer.ok && (answer.headers.get('content-type') ?? '').includes('json');
  if (!json) await answer.body?.cancel();
  return json ? ((await answer.json()) as { items: Mail[] }).items : undefined;
}

async function readDevelopmentMailbox(
  baseUrl: string,
  email: string,
  request: () => Promise<unknown>,
): Promise<string> {
  const before = (await listMails(baseUrl))?.[0]?.id ?? 0;
  await request();
  for (let attempt = 0; attempt < 300; attempt++) {
    const mail = (await listMails(baseUrl))?.find(({ id, to, code }) => id > before && to === email && code !== null);
    if (mail?.code != null) return mail.code;
    await sleep(100);
  }
  throw new Error('no code arrived in the mailbox within 30 s');
}

async function askOnTerminal(email: string, request: () => Promise<unknown>): Promise<string> {
  await request();
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`The code that arrived at ${email}: `)).trim();
  } finally {
    lines.close();
  }
}
