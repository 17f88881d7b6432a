import type { Locale } from '../../../shared/errors.ts';
import { lockPerson } from '../../db/lock-person.ts';
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
  nextRequestOrder,
  replaceCode,
} from './queries.ts';
import { findAskingBrowser, createBrowserName, createRequestToken } from './request-token.ts';
import { canonicalizeEmail, createCode, createLinkSecret } from './secrets.ts';
import { signInCodeJob, type SignInCodePayload } from './sign-in-code-job.ts';
import { composeSignInLink } from './sign-in-link.ts';
import { composeSignInMail } from './sign-in-mail.ts';

/** The lane of a device: its own key if the person has signed in on it before, otherwise `''`, shared by unknown devices. */
export async function findLane(
  deps: EntranceDependencies,
  email: string,
  deviceId: string | undefined,
): Promise<string> {
  if (deviceId === undefined) return '';
  const keys = deps.keyring.hashes('device', deviceId);
  return deps.share.run(() => deps.db.system(async (tx) => (await findKnownDeviceKey(tx, email, keys)) ?? ''));
}

interface CodeRequest extends Asker {
  /** The language of the mail. */
  readonly locale: Locale;
  /** The token that the browser got with an earlier request. */
  readonly requestToken: string | undefined;
}

interface CodeRequested {
  readonly requestedAt: Date;
  /** The code's number, which the mail shows too. */
  readonly number: number;
  /** A token for the browser, by which a replaced code can later be told from a wrong one. */
  readonly requestToken: string;
}

/**
 * Queues a request for a code. Does the same work for every e-mail address, known or not; a job finds out later whether there
 * is a person to send a code to. Throws too_many_requests.
 */
export async function requestCode(deps: EntranceDependencies, request: CodeRequest): Promise<CodeRequested> {
  const { keyring, config } = deps;
  // One name for all requests of a browser, so that it recognises an older code whose mail came late.
  const browser =
    findAskingBrowser(keyring, request.email, request.requestToken, config.otp.ttlSeconds) ?? createBrowserName();
  const requestToken = createRequestToken(keyring, request.email, browser);
  const requestedAt = new Date();
  const payload = {
    email: request.email,
    deviceKey: request.lane,
    requestKey: keyring.hash('code-request', browser),
    requestedAt: requestedAt.toISOString(),
    locale: request.locale,
  };
  // The codes of one person are made one after the other. Queues are never deleted, so people share a few of them.
  const queue = `sign-in:${keyring.hash('email', canonicalizeEmail(request.email)).slice(0, 1)}`;
  const enter = async (tx: Transaction): Promise<number> => {
    const wait = await chargeCodeRequest(deps, tx, request);
    if (wait > 0) throw tooManyRequests(wait);
    const number = await numberCode(deps, tx, request);
    const order = await nextRequestOrder(tx);
    await enqueue(tx, signInCodeJob, { ...payload, number, order }, queue);
    return number;
  };
  const number = await deps.share.run(() => deps.db.system(enter));
  return { requestedAt, number, requestToken };
}

/** Runs the job: makes the requested code and mails it. Throws when the mail cannot be sent; the queue then tries again. */
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
    await lockPerson(tx, person.id);
    const [newest] = await listNewestCodes(tx, person, [job.deviceKey]);
    // Jobs of the previous release have no `order`.
    const order = job.order ?? (await nextRequestOrder(tx));
    if (newest?.request_order === order) {
      if (newest.used_at !== null) return undefined;
      await replaceCode(tx, person, newest.id, hashes);
      return person;
    }
    // This job was delayed: it must not replace a code that was requested later.
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
      link: composeSignInLink(deps.config, professional.email, secret),
    }),
  );
  deps.log.info({ event: 'otp_sent', professionalId: professional.id, number }, 'sign-in code sent');
}
