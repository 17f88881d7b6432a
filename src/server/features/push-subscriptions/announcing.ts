import type { Transaction } from '../../db/transaction.ts';
import { enqueue, messageQueue } from '../../jobs/queue.ts';
import { type Answer, pushJob } from './push-job.ts';
import { listLiveSubscriptions } from './queries.ts';

/** An answer is news for an hour; afterwards the agenda shows it anyway. */
const newsMilliseconds = 3_600_000;

/** Tells the devices of a professional that one of their clients answered, once the transaction commits. For a system transaction. */
export async function announceAnswer(
  tx: Transaction,
  { clinicId, professionalId, answer }: { clinicId: string; professionalId: string; answer: Answer },
): Promise<void> {
  const subscriptions = await listLiveSubscriptions(tx, clinicId, professionalId);
  const until = new Date(Date.now() + newsMilliseconds).toISOString();
  await Promise.all(
    subscriptions.map(({ id }) =>
      enqueue(tx, pushJob, { clinicId, subscriptionId: id, answer, until }, messageQueue(clinicId)),
    ),
  );
}
