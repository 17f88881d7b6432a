import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type PushService,
  startPushService,
} from '../../src/server/features/push-subscriptions/testing/push-service.ts';
import { prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, prepareStage } from './clinic.ts';

const stage = prepareStage();

let push: PushService;
beforeAll(async () => {
  push = await startPushService();
});
afterAll(() => push.close());

/**
 * Stands in for what a browser without a window or a connection has not: the question for permission, and the service of its maker
 * with which it subscribes. The server sends to a push service of this machine instead.
 */
async function subscribeHere(page: Page): Promise<{ readonly path: () => string }> {
  let path = '';
  await page.exposeFunction('subscribeHere', (serverKey: string) => {
    const subscription = push.subscribe(serverKey);
    ({ path } = subscription);
    return subscription.body;
  });
  await page.addInitScript(() => {
    let permission = 'default';
    let known: unknown = null;
    const { subscribeHere: ask } = globalThis as unknown as { subscribeHere: (key: string) => Promise<object> };
    Object.defineProperty(Notification, 'permission', { get: () => permission });
    Notification.requestPermission = () => Promise.resolve((permission = 'granted') as NotificationPermission);
    PushManager.prototype.getSubscription = () => Promise.resolve(known as PushSubscription | null);
    PushManager.prototype.subscribe = async (options) => {
      const body = await ask(options?.applicationServerKey as string);
      const unsubscribe = (): Promise<boolean> => {
        known = null;
        return Promise.resolve(true);
      };
      known = { toJSON: () => body, unsubscribe };
      return known as PushSubscription;
    };
  });
  return { path: () => path };
}

/** The service worker, which writes down what it shows: this Chromium has nowhere to show it. */
async function findWorker(page: Page): Promise<Worker> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'));
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { shown: unknown[] };
    scope.shown = [];
    ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
      scope.shown.push({ title, ...options });
      return Promise.resolve();
    };
  });
  return worker;
}

const readShown = (worker: Worker): Promise<unknown[]> =>
  worker.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown);

/** Hands a message to the service worker as the browser does once it has decrypted it. */
async function deliver(page: Page, data: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const found = Promise.withResolvers<string>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const [registration] = registrations.filter(({ isDeleted }) => !isDeleted);
    if (registration !== undefined) found.resolve(registration.registrationId);
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await found.promise;
  const { origin } = new URL(page.url());
  await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
}

/** A touch on the notification. @returns whether it was closed */
const touch = (worker: Worker): Promise<boolean> =>
  worker.evaluate(async () => {
    let isClosed = false;
    const work: Promise<unknown>[] = [];
    const notification = {
      close: () => {
        isClosed = true;
      },
    };
    const event = Object.assign(new Event('notificationclick'), {
      notification,
      waitUntil: (each: Promise<unknown>) => void work.push(each),
    });
    dispatchEvent(event);
    // Only a real touch may bring a window to the front.
    await Promise.allSettled(work);
    return isClosed;
  });

it('a device tells that a client confirmed, names neither person nor time, and a touch opens the agenda', async () => {
  const page = await stage.openDevice('computer', { serviceWorkers: 'allow' });
  const subscribed = await subscribeHere(page);
  const { bruno, agata, book, open } = await prepareAgenda(stage);
  await open(page, '/configuracoes');
  const notice = page.getByRole('switch', { name: 'Avisar neste aparelho quando um cliente responder' });
  await notice.click();
  await expectSoon(async () => (await bruno.api('GET /push-subscriptions')).body.items.length).toBe(1);
  await expectSoon(() => notice.isChecked()).toBe(true);
  const worker = await findWorker(page);

  const id = await book(agata, '09:00');
  const { url } = (await bruno.api('POST /appointments/{id}/confirmation-link', { params: { id } })).body;
  const client = await stage.openDevice('phone');
  await client.goto(new URL(url, stage.server.address).pathname);
  await client.getByRole('button', { name: 'Confirmar presença' }).tap();
  await client.getByText('Presença confirmada. Até lá.').waitFor();
  const sent = () => push.received.filter(({ path }) => path === subscribed.path()).map(({ text }) => text);
  await expectSoon(() => sent().length).toBe(1);

  await deliver(page, sent()[0] ?? '');
  await expectSoon(() => readShown(worker)).toEqual([
    {
      title: 'Acolhe',
      body: 'Um cliente confirmou um atendimento.',
      icon: '/icon-192.png',
      badge: '/icon-192.png',
    },
  ]);
  expect(await touch(worker)).toBe(true);
  await page.getByRole('region', { name: /^Agenda de / }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/agenda');

  await page.goto('/configuracoes');
  // The stand-in forgot its subscription with the page, as a browser does whose person cleared its data.
  await expectSoon(() => notice.isChecked()).toBe(false);
});

it('a message that cannot be read is shown without words of its own', async () => {
  const page = await stage.openDevice('phone', { serviceWorkers: 'allow' });
  const { open } = await prepareAgenda(stage);
  await open(page);
  const worker = await findWorker(page);
  await deliver(page, '<script>não é JSON</script>');
  await expectSoon(() => readShown(worker)).toMatchObject([{ title: 'Acolhe', body: '' }]);
});
