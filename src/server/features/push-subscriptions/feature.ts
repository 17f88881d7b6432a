import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { pushJob } from './push-job.ts';
import { deleteAllSubscriptions, endedSubscriptions } from './queries.ts';
import { registerPushRoutes } from './routes.ts';
import { sendPush } from './sending.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    push_turned_on: 'push_subscription';
    push_turned_off: 'push_subscription';
  }
}

/** Tells professionals on their devices that a client answered (Web Push). */
export const pushSubscriptions: Feature = {
  name: 'push-subscriptions',
  tables: ['push_subscriptions'],
  routes: registerPushRoutes,
  jobs: (context) => [runJob(pushJob, (push) => sendPush(context, push))],
  purges: { pushSubscriptions: endedSubscriptions },
  afterRestore: deleteAllSubscriptions,
  staysBehind: ['push_subscriptions'],
};
