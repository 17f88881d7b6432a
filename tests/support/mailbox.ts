import { setTimeout as sleep } from 'node:timers/promises';

/** A mail in the development mailbox. Later mails have larger ids. */
interface KeptMail {
  readonly id: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The sign-in code in the mail, if it has one. */
  readonly code: string | null;
}

interface Server {
  /** `http://host:port` */
  readonly address: string;
}

/** The mails in a server's development mailbox, the newest first. */
export async function listMails({ address }: Server): Promise<KeptMail[]> {
  const response = await fetch(`${address}/dev/mailbox`, { headers: { accept: 'application/json' } });
  return ((await response.json()) as { items: KeptMail[] }).items;
}

/**
 * Requests a sign-in code by `ask`, and resolves with the code once its mail has arrived. Throws after 30 seconds, which is long
 * enough for a busy machine.
 */
export async function receiveCode(server: Server, email: string, ask: () => Promise<unknown>): Promise<string> {
  const before = (await listMails(server))[0]?.id ?? 0;
  await ask();
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const mail = (await listMails(server)).find(({ id, to, code }) => id > before && to === email && code !== null);
    if (mail?.code != null) return mail.code;
    await sleep(25);
  }
  throw new Error(`no code for ${email}`);
}
