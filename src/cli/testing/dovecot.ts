import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { findFreePort } from '../../server/embedded-database/server.ts';
import { createSelfSigned } from '../../server/mail/testing/self-signed.ts';

/** Debian installs dovecot in /usr/sbin, which is not in the PATH of ordinary users. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
export const hasDovecot = spawnSync('dovecot', ['--version'], { env }).status === 0;

export interface ImapServer {
  /** One port with TLS, and one with STARTTLS, where signing in requires encryption. */
  readonly ports: { readonly imaps: number; readonly imap: number };
  /** A file with the certificate, which is for localhost. */
  readonly certificate: string;
  /** Puts a mail into the account's inbox. */
  deliver(source: string): Promise<void>;
  /** How many mails the inbox holds. */
  count(): Promise<number>;
  stop(): Promise<void>;
}

interface Places {
  readonly folder: string;
  readonly mail: string;
  readonly certificate: string;
  readonly ports: ImapServer['ports'];
}

/** Renders the configuration file: one account, everything in one folder. */
function renderSettings({ folder, mail, certificate, ports }: Places): string {
  const own = userInfo();
  const lines = [
    'protocols = imap',
    'listen = 127.0.0.1',
    `base_dir = ${folder}/run`,
    `state_dir = ${folder}/state`,
    `log_path = ${folder}/log`,
    'ssl = required',
    `ssl_cert = <${certificate}`,
    `ssl_key = <${folder}/key.pem`,
    'first_valid_uid = 1',
    `mail_location = maildir:${mail}`,
    `passdb {\n driver = passwd-file\n args = ${folder}/users\n}`,
    `userdb {\n driver = passwd-file\n args = ${folder}/users\n}`,
    ...(own.uid === 0
      ? []
      : [
          `default_internal_user = ${own.username}`,
          `default_login_user = ${own.username}`,
          'service anvil {\n chroot =\n}',
        ]),
    `service imap-login {\n chroot =\n inet_listener imap {\n  port = ${String(ports.imap)}\n }\n inet_listener imaps {\n  port = ${String(ports.imaps)}\n  ssl = yes\n }\n}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Starts Dovecot on loopback ports with one account, in a temporary folder. */
export async function startDovecot(user: string, password: string): Promise<ImapServer> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-dovecot-'));
  await chmod(folder, 0o755);
  // Dovecot does not deliver mail to the superuser.
  const own = userInfo();
  const [uid, gid] = own.uid === 0 ? [65_534, 65_534] : [own.uid, own.gid];
  const mail = join(folder, 'mail');
  for (const path of [mail, ...['cur', 'new', 'tmp'].map((name) => join(mail, name))]) {
    await mkdir(path);
    await chown(path, uid, gid);
  }
  const { key, cert } = createSelfSigned('localhost');
  const certificate = join(folder, 'cert.pem');
  await writeFile(certificate, cert);
  await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
  await writeFile(join(folder, 'users'), `${user}:{PLAIN}${password}:${String(uid)}:${String(gid)}::${folder}\n`);
  const ports = { imaps: await findFreePort(), imap: await findFreePort() };
  const main = join(folder, 'dovecot.conf');
  await writeFile(main, renderSettings({ folder, mail, certificate, ports }));
  const dovecot = spawn('dovecot', ['-F', '-c', main], { env, stdio: 'ignore' });
  const exited = once(dovecot, 'exit');
  await vi.waitUntil(
    async () => {
      if (dovecot.exitCode !== null)
        throw new Error(`dovecot did not start: ${await readFile(join(folder, 'log'), 'utf8').catch(() => '')}`);
      const socket = connect(ports.imaps, '127.0.0.1');
      return once(socket, 'connect').then(
        () => socket.destroy() instanceof Object,
        () => false,
      );
    },
    { timeout: 15_000, interval: 100 },
  );
  return {
    ports,
    certificate,
    deliver: async (source) => {
      const name = `${String(Date.now())}.${randomUUID()}.test`;
      await writeFile(join(mail, 'tmp', name), source);
      await chown(join(mail, 'tmp', name), uid, gid);
      await rename(join(mail, 'tmp', name), join(mail, 'new', name));
    },
    count: async () => (await Promise.all(['cur', 'new'].map((name) => readdir(join(mail, name))))).flat().length,
    stop: async () => {
      dovecot.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
