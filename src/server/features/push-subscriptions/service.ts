import type { PushSubscription, PushSubscriptionInput } from '../../../shared/contracts/agenda/push-subscriptions.ts';
import type { ShortListQuery } from '../../../shared/contracts/route.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import { invalidField, limitReached, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import { recordEvent } from '../audit/api.ts';
import type { Keyring } from '../auth/api.ts';
import { isAllowedEndpoint } from './endpoints.ts';
import {
  countOthers,
  deleteSubscription,
  listLiveSubscriptions,
  saveSubscription,
  type SubscriptionRow,
} from './queries.ts';
import { deriveServerKeys } from './server-keys.ts';

interface PushDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly config: Pick<Config, 'debug'>;
}

/** The most browsers of one person; each answer of a client is sent to all of them. */
const mostSubscriptions = 10;

const present = (actor: Actor, row: SubscriptionRow): PushSubscription => ({
  id: row.id,
  current: row.session_id === actor.sessionId,
  createdAt: row.created_at.toISOString(),
});

export const getPublicKey = (keyring: Keyring): string => deriveServerKeys(keyring)[0]?.publicKey ?? '';

export async function listOwnSubscriptions({ db }: PushDependencies, actor: Actor, query: ShortListQuery) {
  const rows = await db.read(actor, (tx) => listLiveSubscriptions(tx, actor.clinicId, actor.professionalId));
  const name = ['push-subscriptions', actor.professionalId];
  return paginateShortList({ name, items: rows.map((row) => present(actor, row)), placeOf: placeById }, query);
}

/** Has the browser of this session told what clients answer. Throws invalid_request, too_many_requests. */
export async function subscribe(
  { db, keyring, config }: PushDependencies,
  actor: Actor,
  { endpoint, keys, serverKey }: PushSubscriptionInput,
): Promise<PushSubscription> {
  if (!isAllowedEndpoint(endpoint, config.debug)) throw invalidField('endpoint', 'invalid_value');
  if (!deriveServerKeys(keyring).some(({ publicKey }) => publicKey === serverKey))
    throw invalidField('serverKey', 'invalid_value');
  return db.write(actor, async (tx) => {
    if ((await countOthers(tx, actor.professionalId, endpoint)) >= mostSubscriptions)
      throw limitReached('too_many_requests', 60, { reason: 'push_subscriptions', count: mostSubscriptions });
    const row = await saveSubscription(tx, { ...actor, ...keys, endpoint, serverKey });
    await recordEvent(tx, actor, { action: 'push_turned_on', recordType: 'push_subscription', recordId: row.id });
    return present(actor, row);
  });
}

/** Throws not_found. */
export async function unsubscribe({ db }: PushDependencies, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    if (!(await deleteSubscription(tx, actor.professionalId, id))) throw notFound();
    await recordEvent(tx, actor, { action: 'push_turned_off', recordType: 'push_subscription', recordId: id });
  });
}
