import { t } from '@lingui/core/macro';
import { api, publicApi } from '../../lib/api.ts';
import { failureText } from '../../lib/failure-text.ts';
import { rememberSession } from '../../lib/session.ts';
import { nameDevice, describeThisDevice } from './device.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { AssertedCredential, CreatedCredential, Passkey } from '../../../shared/contracts/auth.ts';

/** Whether passkeys can be used: they need a host name (no IP address), https and a browser of 2025 or later. */
export const supportsPasskeys = (): boolean =>
  isSecureContext &&
  typeof PublicKeyCredential === 'function' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname);

/** Creates a passkey on a device of the person's choice and registers it. Rejects with a DOMException if the browser refuses. */
export async function addPasskey(name = nameDevice() ?? t`Chave de acesso`): Promise<Passkey> {
  const { body: options } = await api('POST /auth/passkeys/options');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const credential = made.toJSON() as unknown as CreatedCredential;
  const { body } = await api('POST /auth/passkeys', { body: { name, credential } });
  return body;
}

/** Signs in with a passkey of this browser, a phone or a security key; the person chooses which. */
export async function signInWithPasskey(): Promise<ResponseOf<'POST /auth/passkey-sessions'>> {
  const { body: options } = await publicApi('POST /auth/passkey-sessions/options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const chosen = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const credential = chosen.toJSON() as AssertedCredential;
  const { body } = await publicApi('POST /auth/passkey-sessions', {
    body: { credential, device: describeThisDevice(), transport: 'cookie' },
  });
  rememberSession(body.expiresIn, body.professional);
  return body;
}

/** Says what went wrong with a passkey. Browsers tell little, so that pages cannot find out which passkeys a person has. */
export function describePasskeyFailure(error: unknown): string {
  if (!(error instanceof DOMException)) return failureText(error);
  if (error.name === 'InvalidStateError') return t`Este aparelho já tem uma chave de acesso sua.`;
  return t`A chave de acesso não foi usada. Você pode tentar de novo.`;
}
