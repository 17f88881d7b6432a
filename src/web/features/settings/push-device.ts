import { api } from '../../lib/api.ts';

/**
 * Whether this browser is told what clients answer. `unsupported`: it cannot be, for example on an iPhone whose person has not put
 * the app on the home screen; `denied`: its person forbade it in the browser.
 */
export type PushState = 'unsupported' | 'denied' | 'on' | 'off';

/** The service worker that shows messages, once it has started; undefined without one (development), or where there is no push. */
async function findRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('PushManager' in window) || !('Notification' in window)) return undefined;
  if (import.meta.env.VITE_SHELL_WORKER !== 'yes') return undefined;
  return (navigator as Partial<Navigator>).serviceWorker?.ready;
}

/** The own subscription of this device, as the server has it. */
async function findOwn(signal?: AbortSignal) {
  const { body } = await api('GET /push-subscriptions', signal && { signal });
  return body.items.find(({ current }) => current);
}

export async function readPushState(signal?: AbortSignal): Promise<PushState> {
  if ('PushManager' in window && 'Notification' in window && Notification.permission === 'denied') return 'denied';
  const registration = await findRegistration();
  if (registration === undefined) return 'unsupported';
  const subscription = await registration.pushManager.getSubscription();
  if (subscription === null || Notification.permission !== 'granted') return 'off';
  return (await findOwn(signal)) === undefined ? 'off' : 'on';
}

/** Asks for permission, so it runs when somebody clicks. Does nothing where that is not given. */
export async function turnPushOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return;
  const registration = await findRegistration();
  if (registration === undefined) return;
  const { publicKey } = (await api('GET /push-key')).body;
  // One that was made with an earlier key is in the way of a new one.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint = '', keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  await api('POST /push-subscriptions', { body: { endpoint, keys: { p256dh, auth }, serverKey: publicKey } });
}

export async function turnPushOff(): Promise<void> {
  const own = await findOwn();
  if (own !== undefined) await api('DELETE /push-subscriptions/{id}', { params: { id: own.id } });
  const registration = await findRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
