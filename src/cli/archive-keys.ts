import { readFile } from 'node:fs/promises';
import type { DecryptWith, EncryptTo } from '../server/backup/encryption.ts';
import { CommandFailure } from './failure.ts';

async function readKeyFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'no reason given'}`);
  });
}

/** Reads the first line of a file. Throws CommandFailure if it has fewer than 12 characters. */
async function readPassphrase(file: string): Promise<string> {
  const [line = ''] = (await readKeyFile(file)).split(/\r?\n/);
  if (line.length < 12)
    throw new CommandFailure(`The first line of ${file} is the passphrase: at least 12 characters.`);
  return line;
}

/** Reads what decrypts an archive, from a command's options; undefined without such an option. */
export async function readDecryptionKey(options: {
  readonly passphraseFile?: string;
  readonly identity?: string;
}): Promise<DecryptWith | undefined> {
  if (options.passphraseFile !== undefined) return { passphrase: await readPassphrase(options.passphraseFile) };
  if (options.identity === undefined) return undefined;
  const { parseIdentities } = await import('../server/backup/encryption.ts');
  return { identities: parseIdentities(await readKeyFile(options.identity)) };
}

/** Printed for every archive that is not encrypted. */
export const notEncryptedNotice =
  'NOT ENCRYPTED: the archive holds the health data of every client in the clear. A file is readable by its owner alone ' +
  '(mode 0600); every copy is readable by whoever gets hold of it. Encrypt with --passphrase-file FILE or --recipient age1….';

export interface EncryptionOptions {
  readonly passphraseFile?: string;
  readonly recipient?: readonly string[];
}

/** Reads what encrypts an archive, from a command's options; undefined without such an option. Throws CommandFailure. */
export async function readEncryptionKey({
  passphraseFile,
  recipient,
}: EncryptionOptions): Promise<EncryptTo | undefined> {
  if (passphraseFile !== undefined && recipient !== undefined)
    throw new CommandFailure('Encrypt with a passphrase or for recipients, not both.');
  if (passphraseFile !== undefined) return { passphrase: await readPassphrase(passphraseFile) };
  return recipient === undefined ? undefined : { recipients: recipient };
}

/** Reads what opens an archive again to test it: the passphrase, or `--identity`. Throws CommandFailure. */
export async function readVerificationKey(
  options: { readonly identity?: string },
  encryptTo: EncryptTo | undefined,
): Promise<DecryptWith | undefined> {
  if (encryptTo === undefined) return undefined;
  if ('passphrase' in encryptTo) return encryptTo;
  if (options.identity === undefined)
    throw new CommandFailure(
      'To verify what is encrypted for a recipient, give the key that opens it: --identity FILE.',
    );
  return readDecryptionKey({ identity: options.identity });
}
