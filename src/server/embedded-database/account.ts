import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating-system account PostgreSQL runs as when this process is root, which PostgreSQL refuses to be. */
export interface Account {
  uid: number;
  gid: number;
}

/** `acolhe` lets an operator set one apart; the others are there for running a database, or nearly everywhere. */
const preferredNames = ['acolhe', 'postgres', '_postgres', 'nobody'];

/** True when this process is root on Linux or macOS. */
function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account for a new cluster; undefined when this process is unprivileged and runs it under its own. */
export function findAccount(): Account | undefined {
  if (!isRoot()) return undefined;
  const accounts = readAccounts();
  for (const name of preferredNames) {
    const account = accounts.get(name);
    if (account && account.uid !== 0) return account;
  }
  throw new Error('PostgreSQL refuses to run as root: create a system user named "acolhe" for it.');
}

/** The account that owns an existing cluster folder, which must go on running under it. */
export function accountOwning(folder: string): Account | undefined {
  if (!isRoot()) return undefined;
  const { uid, gid } = statSync(folder);
  if (uid === 0) throw new Error(`${folder} belongs to root, but PostgreSQL refuses to run as root: chown it.`);
  return { uid, gid };
}

/** Whether the account may pass through every folder above `path` (`path` itself left out). Looks at mode bits only. */
export function canTraverseTo(path: string, account: Account): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!mayEnter(folder, account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether the account may pass through this one folder. */
export function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

function readAccounts(): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    // macOS writes nobody as -2; the system calls take the unsigned form.
    if (name && uid && gid) accounts.set(name, { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 });
  }
  return accounts;
}
