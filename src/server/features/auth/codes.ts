import type { Locale } from '../../../shared/errors.ts';
import type { Transaction } from '../../db/transaction.ts';
import { enqueue } from '../../jobs/queue.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { AuthDependencies, EntranceDependencies } from './dependencies.ts';
import { type Asker, chargeCodeRequest, numberCode, tooManyRequests } from './limits.ts';
import {
  findKnownDeviceKey,
  findProfessionalByEmail,
  insertCode,
  listNewestCodes,
  lockProfessional,
  nextRequestOrder,
  replaceCode,
} from './queries.ts';
import { askingBrowser, createBrowserName, createRequestToken } from './request-token.ts';
import { canonicalEmail, createCode, createLinkSecret } from './secrets.ts';
import { signInCodeJob, type SignInCodePayload } from './sign-in-code-job.ts';
import { signInLink } from './sign-in-link.ts';
import { composeSignInMail } from './sign-in-mail.ts';

/** A device's lane: its own key if the person has signed in on it before, otherwise the lane shared by all strangers. */
export async function laneOf(deps: AuthDependencies, email: string, deviceId: string | undefined): Promise<string> {
  if (deviceId === undefined) return '';
  const keys = deps.keyring.hashes('device', deviceId);
  return deps.db.system(async (tx) => (await findKnownDeviceKey(tx, email, keys)) ?? '');
}

interface CodeRequest extends Asker {
  /** The language of the mail. */
  readonly locale: Locale;
  /** The token the browser has from an earlier request. */
  readonly requestToken: string | undefined;
}

interface CodeRequested {
  readonly requestedAt: Date;
  /** The number that the mail gives the code, too. */
  readonly number: number;
  /** A token for the browser: it tells a code that a newer one replaced from a wrong one. */
  readonly requestToken: string;
}

/**
 * Records that a code was requested. The work is the same for every address, known or not: the worker finds out later
 * whether there is anybody to send a code to. Throws too_many_requests.
 */
export async function requestCode(deps: EntranceDependencies, request: CodeRequest): Promise<CodeRequested> {
  const { keyring, config } = deps;
  // The same for every code that a browser requests, so that it recognises an older one whose mail came late.
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
  // A person's codes are made one after the other. Queues are never deleted, so people share a few.
  const queue = `sign-in:${keyring.hash('email', canonicalEmail(request.email)).slice(0, 1)}`;
  const enter = async (tx: Transaction): Promise<number> => {
    const wait = await chargeCodeRequest(deps, tx, request);
    if (wait > 0) throw tooManyRequests(wait);
    const number = await numberCode(deps, tx, request);
    const order = await nextRequestOrder(tx);
    await enqueue(tx, signInCodeJob, { ...payload, number, order }, queue);
    return number;
  };
  const number = await deps.semaphore.run(() => deps.db.system(enter));
  return { requestedAt, number, requestToken };
}

/** The job: makes the requested code and mails it. Fails, and is retried, when the mail cannot be sent. */
export async function sendSignInCode(
  deps: AuthDependencies & { readonly mailer: Mailer },
  job: SignInCodePayload,
): Promise<void> {
  const requestedAt = new Date(job.requestedAt);
  const expiresAt = new Date(requestedAt.getTime() + deps.config.otp.ttlSeconds * 1000);
  if (expiresAt <= new Date()) return;
  const code = createCode();
  const secret = createLinkSecret();
  const hashes = {
    codeHash: deps.keyring.hash('access-code', code),
    linkHash: deps.keyring.hash('sign-in-link', secret),
  };
  const professional = await deps.db.system(async (tx) => {
    const person = await findProfessionalByEmail(tx, job.email);
    if (person === undefined) return undefined;
    await lockProfessional(tx, person.id);
    const [newest] = await listNewestCodes(tx, person, [job.deviceKey]);
    // A job of the release before has no place.
    const order = job.order ?? (await nextRequestOrder(tx));
    if (newest?.request_order === order) {
      if (newest.used_at !== null) return undefined;
      await replaceCode(tx, person, newest.id, hashes);
      return person;
    }
    // A mail that was delayed must not replace the code of a later one.
    if (newest !== undefined && BigInt(newest.request_order) > BigInt(order)) return undefined;
    await insertCode(tx, person, { ...job, ...hashes, order, requestedAt, expiresAt });
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
      link: signInLink(deps.config, professional.email, secret),
    }),
  );
  deps.log.info({ event: 'otp_sent', professionalId: professional.id, number }, 'sign-in code sent');
}
