import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupError } from './backup-error.ts';

/** Who can open an archive: whoever knows the passphrase, or holds the key of one of the recipients (`age1…`). */
export type EncryptTo = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What to open an archive with: a passphrase, or the identities of an age key file. */
export type DecryptWith = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** How age files begin (age-encryption.org/v1). */
export const ageMagic = 'age-encryption.org/v1\n';

// 128 MiB for a moment: one step below age's own default, which a machine of 512 MB may not have free.
const scryptWorkFactor = 17;

/** The stream encrypted in age's format, which the `age` program opens too. Throws BackupError on a bad recipient. */
export async function encrypt(plain: Readable, to: EncryptTo): Promise<Readable> {
  const encrypter = new Encrypter();
  try {
    if ('passphrase' in to) {
      encrypter.setScryptWorkFactor(scryptWorkFactor);
      encrypter.setPassphrase(to.passphrase);
    } else for (const recipient of to.recipients) encrypter.addRecipient(recipient);
  } catch (error) {
    throw new BackupError('a recipient is not an age public key (age1…)', { cause: error });
  }
  return fromWeb(await encrypter.encrypt(toWeb(plain)));
}

/** The stream decrypted. Throws BackupError when the passphrase or the identity is not one that opens it. */
export async function decrypt(sealed: Readable, key: DecryptWith): Promise<Readable> {
  const decrypter = new Decrypter();
  try {
    if ('passphrase' in key) decrypter.addPassphrase(key.passphrase);
    else for (const identity of key.identities) decrypter.addIdentity(identity);
  } catch (error) {
    throw new BackupError('the identity file holds no age secret key (AGE-SECRET-KEY-1…)', { cause: error });
  }
  try {
    return fromWeb(await decrypter.decrypt(toWeb(sealed)));
  } catch (error) {
    throw new BackupError(
      'the archive cannot be opened with this passphrase or identity, or its first lines are damaged',
      {
        cause: error,
      },
    );
  }
}

/** The secret keys of a key file as `age-keygen` writes it: comments and empty lines aside. */
export const identitiesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

export const toWeb = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
const fromWeb = (stream: ReadableStream<Uint8Array>) => Readable.fromWeb(stream as NodeReadableStream<Uint8Array>);
