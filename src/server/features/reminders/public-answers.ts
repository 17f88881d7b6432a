import type { PublicConfirmation } from '../../../shared/contracts/agenda/confirmations.ts';
import type { Share } from '../../db/stranger-shares.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { addClientAnswer, runAgainAfterRace } from '../appointments/api.ts';
import { chargePublicPage } from '../auth/api.ts';
import { composePolicyPath } from '../policies/api.ts';
import { announceAnswer } from '../push-subscriptions/api.ts';
import { findLinkedAppointment, type LinkedAppointmentRow } from './link-queries.ts';
import { readLinkToken } from './link-token.ts';
import type { LinkDependencies } from './links.ts';

export interface PublicDependencies extends LinkDependencies {
  readonly share: Share;
}

type Answer = NonNullable<PublicConfirmation['answer']>;

const isMoved = (row: LinkedAppointmentRow): boolean => row.start_at.getTime() !== row.linked_start.getTime();

const mayAnswer = (row: LinkedAppointmentRow): boolean =>
  (row.status === 'scheduled' || row.status === 'confirmed') && row.start_at > new Date();

const present = (row: LinkedAppointmentRow): PublicConfirmation => ({
  firstName: row.first_name,
  clinicName: row.clinic_name,
  clinicPhone: row.clinic_phone,
  startAt: row.start_at.toISOString(),
  endAt: row.end_at.toISOString(),
  localStart: row.local_start,
  timeZone: row.time_zone,
  privacyPath: row.has_policies ? composePolicyPath(row) : null,
  answer: row.client_answer as Answer | null,
  mayAnswer: mayAnswer(row),
  moved: isMoved(row),
});

/** Requests a minute from one address. A waiting room and a phone network share one. */
const pagesAMinute = 60;
const answersAMinute = 10;

/**
 * The appointment of a link, charged to the address. Undefined for a token that was changed, a link that was revoked and an
 * appointment that is over: nobody learns which it was.
 */
async function findByToken(deps: PublicDependencies, tx: Transaction, token: string, address: string) {
  await chargePublicPage(deps, tx, { page: 'confirmation', address, perMinute: pagesAMinute });
  const key = readLinkToken(deps.keyring, token);
  return key === undefined ? undefined : findLinkedAppointment(tx, key);
}

/** What the page of a link shows. Changes nothing: mail scanners and previews open links, too. Throws not_found, too_many_requests. */
export async function getConfirmation(
  deps: PublicDependencies,
  token: string,
  { address }: Caller,
): Promise<PublicConfirmation> {
  const row = await deps.share.run(() => deps.db.system((tx) => findByToken(deps, tx, token, address)));
  if (row === undefined) throw notFound();
  return present(row);
}

/**
 * Takes the client's answer. Confirming confirms; of the others the clinic decides. Once the appointment was moved, only an answer
 * that names the present start counts, so that nobody confirms a time that they have not seen. Throws not_found,
 * invalid_transition, too_many_requests.
 */
export async function answerConfirmation(
  deps: PublicDependencies,
  token: string,
  { answer, startAt }: { readonly answer: Answer; readonly startAt?: string | undefined },
  caller: Caller,
): Promise<PublicConfirmation> {
  // Refusals are thrown after the commit: they count against the limits, too.
  const decide = async (tx: Transaction): Promise<PublicConfirmation | 'unknown' | 'refused'> => {
    await chargePublicPage(deps, tx, { page: 'answer', address: caller.address, perMinute: answersAMinute });
    const row = await findByToken(deps, tx, token, caller.address);
    if (row === undefined) return 'unknown';
    const seen = startAt === undefined ? row.linked_start : new Date(startAt);
    if (!mayAnswer(row) || seen.getTime() !== row.start_at.getTime()) return 'refused';
    const isAnswered = row.client_answer === answer && (answer !== 'confirm' || row.status === 'confirmed');
    if (!isAnswered) {
      const nobody = { clinicId: row.clinic_id, professionalId: null, sessionId: null };
      const author = { ...nobody, requestId: caller.requestId, address: caller.address };
      const { professional_id: professionalId } = await addClientAnswer(tx, author, row.id, answer);
      await announceAnswer(tx, { clinicId: row.clinic_id, professionalId, answer });
    }
    return present({ ...row, client_answer: answer });
  };
  const result = await deps.share.run(() => runAgainAfterRace(() => deps.db.system(decide)));
  if (result === 'unknown') throw notFound();
  if (result === 'refused') throw conflict('invalid_transition');
  return result;
}
