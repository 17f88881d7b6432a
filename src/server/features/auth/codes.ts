import type { Locale } from '../../../shared/errors.ts';
import type { Transaction } from '../../db/transaction.ts';
import { enqueue, type JobPayloads } from '../../jobs/queue.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { composeSignInMail } from '../../mail/sign-in-code.ts';
import type { AuthDependencies, EntranceDependencies } from './dependencies.ts';
import { type Asker, chargeCodeRequest, numberCode, tooManyRequests } from './limits.ts';
import {
  findKnownDeviceKey,
  findProfessionalByEmail,
  insertCode,
  listNewestCodes,
  lockProfessional,
  replaceCode,
} from './queries.ts';
import { askingBrowser, createBrowserName, createRequestToken } from './request-token.ts';
import { canonicalEmail, createCode } from './secrets.ts';

/** The lane of a device: its own key when the person has signed in on it, else the lane that all strangers share. */
export async function laneOf(deps: AuthDependencies, email: string, deviceId: string | undefined): Promise<string> {
  if (deviceId === undefined) return '';
  const keys = deps.keyring.hashes('device', deviceId);
  return deps.db.system(async (tx) => (await findKnownDeviceKey(tx, email, keys)) ?? '');
}

interface CodeRequest extends Asker {
  readonly locale: Locale;
  /** What the browser holds from asking before. */
  readonly requestToken: string | undefined;
}

interface CodeRequested {
  readonly requestedAt: Date;
  /** What the mail calls the code by, too. */
  readonly number: number;
  /** A token for the asking browser: with it, a code that a newer one replaced can be told from a wrong one. */
  readonly requestToken: string;
}

/**
 * Notes that a code was asked for. The same work is done for every address, known or not: whether there is anybody to
 * send a code to is found out later, by the worker. Throws too_many_requests.
 */
export async function requestCode(deps: EntranceDependencies, request: CodeRequest): Promise<CodeRequested> {
  const { keyring, config } = deps;
  // The same for every code a browser asks for: so an older one, whose mail came late, is known there.
  const browser =
    askingBrowser(keyring, request.email, request.requestToken, config.otp.ttlSeconds) ?? createBrowserName();
  const requestToken = createRequestToken(keyring, request.email, browser);
  const requestedAt = new Date();
  const payload = {
    email: request.email,
    deviceKey: request.lane,
    requestKey: keyring.hash('code-request', browser),
    requestedAt: requestedAt.toISOString(),
    locale: request.locale,
  };
  // One person's codes are made one after the other; few queues do for all, because a queue is never taken away.
  const queue = `sign-in:${keyring.hash('email', canonicalEmail(request.email)).slice(0, 1)}`;
  const enter = async (tx: Transaction): Promise<number> => {
    const wait = await chargeCodeRequest(deps, tx, request);
    if (wait > 0) throw tooManyRequests(wait);
    const number = await numberCode(deps, tx, request);
    await enqueue(tx, 'send_sign_in_code', { ...payload, number }, queue);
    return number;
  };
  const number = await deps.turns.run(() => deps.db.system(enter));
  return { requestedAt, number, requestToken };
}

/** The job: makes the code that was asked for and mails it. Fails, to be tried again, when the mail does not go out. */
export async function sendSignInCode(
  deps: AuthDependencies & { readonly mailer: Mailer },
  job: JobPayloads['send_sign_in_code'],
): Promise<void> {
  const requestedAt = new Date(job.requestedAt);
  const expiresAt = new Date(requestedAt.getTime() + deps.config.otp.ttlSeconds * 1000);
  if (expiresAt <= new Date()) return;
  const code = createCode();
  const codeHash = deps.keyring.hash('access-code', code);
  const professional = await deps.db.system(async (tx) => {
    const person = await findProfessionalByEmail(tx, job.email);
    if (person === undefined) return undefined;
    await lockProfessional(tx, person.id);
    const [newest] = await listNewestCodes(tx, person, [job.deviceKey]);
    if (newest?.request_key === job.requestKey && newest.requested_at.getTime() === requestedAt.getTime()) {
      if (newest.used_at !== null) return undefined;
      await replaceCode(tx, person, newest.id, codeHash);
      return person;
    }
    // A mail that was delayed must not replace the code of a later one.
    if (newest !== undefined && newest.requested_at > requestedAt) return undefined;
    await insertCode(tx, person, { ...job, codeHash, requestedAt, expiresAt });
    return person;
  });
  if (professional === undefined) return;
  const { number } = job;
  await deps.mailer.send(
    composeSignInMail({
      to: professional.email,
      code,
      ordinal: number,
      requestedAt,
      timeZone: professional.clinic_time_zone,
      ttlSeconds: deps.config.otp.ttlSeconds,
      locale: job.locale,
    }),
  );
  deps.log.info({ event: 'otp_sent', professionalId: professional.id, number }, 'sign-in code sent');
}
