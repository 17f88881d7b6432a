import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupError } from './backup-error.ts';

/** Who can decrypt an archive: with the passphrase, or with the key of one of the recipients (`age1…`). */
export type EncryptTo = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** How to decrypt an archive: with a passphrase, or with the identities of an age key file. */
export type DecryptWith = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** How age files begin (age-encryption.org/v1). */
export const ageMagic = 'age-encryption.org/v1\n';

// Needs 128 MiB for a moment. age's own default needs twice that, which a machine of 512 MB may not have.
const scryptWorkFactor = 17;

/** Encrypts a stream in age's format; the `age` program can decrypt it too. Throws BackupError for an invalid recipient. */
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

/** Decrypts a stream. Throws BackupError when the passphrase or identity does not fit. */
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

/** The secret keys in a key file of `age-keygen`, without comments and empty lines. */
export const parseIdentities = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

export const toWeb = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
const fromWeb = (stream: ReadableStream<Uint8Array>) => Readable.fromWeb(stream as NodeReadableStream<Uint8Array>);
