import { randomUUID } from 'node:crypto';
import { type ApiClient, ApiError, createApiClient, type ResponseOf } from '../../shared/api-client.ts';
import type { Codes } from './codes.ts';
import { waitForRetryAfter } from './patience.ts';
import { expectThat, type Report, Skipped } from './report.ts';

type Opened = ResponseOf<'POST /auth/sessions'>;

interface Device {
  readonly api: ApiClient;
  readonly opened: Opened;
}

/** Checks sign-in, refresh, clients and the device limit, on devices of its own that are signed out at the end. */
export async function checkSession(
  report: Report,
  { baseUrl, email, codes }: { readonly baseUrl: string; readonly email: string; readonly codes: Codes },
): Promise<void> {
  const devices: Device[] = [];
  const signIn = async (name: string): Promise<Device> => {
    const anonymous = createApiClient({ baseUrl });
    const id = randomUUID();
    const code = await codes.next(() => askForCode(anonymous, email));
    const { body } = await anonymous('POST /auth/sessions', {
      body: { email, code, device: { id, name }, transport: 'bearer' },
    });
    const device = { api: createClientWith(baseUrl, body.accessToken), opened: body };
    devices.push(device);
    return device;
  };
  const first = await report.step('sign-in by code', async () => {
    const device = await signIn('acolhe smoke');
    const { role } = device.opened.professional;
    return [
      `as ${role}, ${String(device.opened.activeSessions)} of ${String(device.opened.maxSessions)} devices`,
      device,
    ];
  });
  if (first === undefined) {
    for (const name of ['refresh keeps the session', 'clients', 'quick edit', 'device limit', 'sign-out'])
      report.skip(name, 'nobody is signed in');
    return;
  }
  const kept = (await report.step('refresh keeps the session', () => checkRefresh(baseUrl, first))) ?? first;
  await checkClients(report, kept);
  await report.step('device limit', () => checkDeviceLimit(first.opened, codes, signIn));
  await report.step('sign-out', async () => {
    for (const { api } of [kept, ...devices.slice(1)]) await signOut(api);
    const after = await catchApiError(() => kept.api('GET /me'));
    expectThat(after?.status === 401, 'the token still opens the account');
    return ['the token opens nothing any more', undefined];
  });
}

async function askForCode(api: ApiClient, email: string): Promise<void> {
  const problem = await catchApiError(() => api('POST /auth/codes', { body: { email } }));
  if (problem === undefined) return;
  if (problem.status !== 429) throw problem;
  await waitForRetryAfter(problem.headers.get('retry-after'));
  await api('POST /auth/codes', { body: { email } });
}

const createClientWith = (baseUrl: string, accessToken = ''): ApiClient =>
  createApiClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) });

async function checkRefresh(baseUrl: string, { opened }: Device): Promise<[string, Device]> {
  const { refreshToken } = opened;
  expectThat(refreshToken !== undefined, 'no refresh token was given');
  const { body } = await createApiClient({ baseUrl })('POST /auth/refresh', { body: { refreshToken } });
  expectThat(body.refreshToken !== undefined && body.refreshToken !== refreshToken, 'the refresh token did not rotate');
  const api = createClientWith(baseUrl, body.accessToken);
  const { body: sessions } = await api('GET /auth/sessions');
  expectThat(
    sessions.items.some(({ id, current }) => current && id === opened.session.id),
    'it is another session now',
  );
  return ['same session, new tokens', { api, opened }];
}

/** Signs in until the device limit is exceeded. Skipped if that would sign a person out of a device. */
async function checkDeviceLimit(
  opened: Opened,
  codes: Codes,
  signIn: (name: string) => Promise<Device>,
): Promise<[string, undefined]> {
  const { maxSessions, activeSessions, session } = opened;
  if (!codes.several) throw new Skipped('needs a code for each device');
  if (activeSessions > 1) throw new Skipped('the account is in use elsewhere, and somebody would be signed out');
  if (maxSessions > 5) throw new Skipped(`the limit is ${String(maxSessions)}`);
  let last: Device | undefined;
  for (let n = 1; n <= maxSessions; n++) last = await signIn(`acolhe smoke ${String(n)}`);
  const ended = last?.opened.endedSessions.map(({ id }) => id) ?? [];
  expectThat(ended.includes(session.id), 'the oldest device was not signed out');
  expectThat(last?.opened.activeSessions === maxSessions, 'more devices than allowed are signed in');
  return [`device ${String(maxSessions + 1)} ends the oldest`, undefined];
}

/** A session that has already ended counts as signed out. */
async function signOut(api: ApiClient): Promise<void> {
  const problem = await catchApiError(() => api('DELETE /auth/sessions/current'));
  expectThat(problem === undefined || problem.status === 401, `signing out answers ${String(problem?.status)}`);
}

async function catchApiError(work: () => Promise<unknown>): Promise<ApiError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** A random last name of letters only, which no client has. */
export const makeUniqueName = (): string =>
  randomUUID()
    .slice(0, 8)
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

/** Creates a client, finds, opens and changes it, and archives it at the end. */
async function checkClients(report: Report, { api, opened }: Device): Promise<void> {
  const mark = makeUniqueName();
  const made = await report.step('clients', async () => {
    const { body: list } = await api('GET /clients', { query: { limit: 5 } });
    const { body } = await api('POST /clients', {
      body: { firstName: 'Teste', lastName: mark, professionalId: opened.professional.id, tags: ['acolhe smoke'] },
    });
    const { body: found } = await api('GET /clients', { query: { q: mark } });
    expectThat(
      found.items.some(({ id }) => id === body.id),
      'a new client is not found',
    );
    const { etag } = await api('GET /clients/{id}', { params: { id: body.id } });
    expectThat(etag !== undefined, 'a client has no ETag');
    return [`listed ${String(list.items.length)}, made, found and opened one`, { id: body.id, etag }];
  });
  if (made === undefined) {
    report.skip('quick edit', 'there is no client to edit');
    return;
  }
  const { id } = made;
  await report.step('quick edit', async () => {
    const change = (etag: string, body: Record<string, string>) =>
      api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': etag }, body });
    const wrong = await catchApiError(() => change(made.etag, { email: 'not an address' }));
    expectThat(
      wrong?.status === 422 && wrong.problem.errors?.[0]?.path === 'email',
      'a wrong e-mail is not refused by name',
    );
    const { etag } = await change(made.etag, { profession: 'Teste' });
    expectThat(etag !== undefined && etag !== made.etag, 'a change gives no new ETag');
    const stale = await catchApiError(() => change(made.etag, { profession: 'Outra' }));
    expectThat(stale?.status === 412, 'a change on an old version is not refused');
    return ['wrong value 422, change 200, old version 412', undefined];
  });
  await report.step('nothing stays in the list', async () => {
    await api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } });
    const { body } = await api('GET /clients', { query: { q: mark } });
    expectThat(body.items.length === 0, 'the archived client is still listed');
    return ['the client is archived', undefined];
  });
}
