import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { ImapAccount } from './imap-account.ts';

/** How long a mail may take, in milliseconds: mail services delay mail from unknown senders (greylisting). */
const mailTimeout = 90_000;
const pollInterval = 1000;

/**
 * Calls `request`, which has a code sent, and reads the code from the mailbox. That mail is deleted; older mails and mails to
 * others are ignored. Throws after 90 seconds.
 */
export async function fetchImapCode(
  account: ImapAccount,
  email: string,
  request: () => Promise<unknown>,
): Promise<string> {
  const client = await open(account);
  try {
    const { uidNext } = await client.mailboxOpen(account.folder);
    await request();
    const end = Date.now() + mailTimeout;
    while (Date.now() < end) {
      await client.noop();
      const found = await client.search({ uid: `${String(uidNext)}:*`, to: email }, { uid: true });
      // The range includes the newest mail even if that is an older one.
      for (const uid of Array.isArray(found) ? found.filter((one) => one >= uidNext) : []) {
        const code = await readCode(client, uid);
        if (code === undefined) continue;
        await client.messageDelete(String(uid), { uid: true });
        return code;
      }
      await sleep(pollInterval);
    }
    throw new Error(`no code arrived in ${account.folder} within ${String(mailTimeout / 1000)} s`);
  } finally {
    await client.logout().catch(() => undefined);
  }
}

async function open({ options }: ImapAccount): Promise<ImapFlow> {
  const client = new ImapFlow(options);
  // Without a listener the event would end the process; a broken connection also makes the current command fail.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code, message, responseText } = error as NodeJS.ErrnoException & { readonly responseText?: string };
    throw new Error(`${String(options.host)} does not let in by IMAP: ${responseText ?? code ?? message}`, {
      cause: error,
    });
  }
}

/** Finds the first six digits in the mail's first part, its plain text. */
async function readCode(client: ImapFlow, uid: number): Promise<string | undefined> {
  const { content } = await client.download(String(uid), '1', { uid: true });
  return content === undefined ? undefined : /\b\d{6}\b/.exec(await text(content))?.[0];
}
