import type { Request } from 'autocannon';
import { createApiClient } from '../../src/shared/api-client.ts';
import { type CostMeter, type Costs } from './costs.ts';
import { type Answers, type LoadOptions, measureCalls, measureLoad } from './load.ts';
import { people, type Product, type SignedIn } from './product.ts';

export type Measured = Answers & Partial<Costs>;
/** By the name of what was asked for. */
export type Results = Readonly<Record<string, Measured>>;

export interface Round {
  readonly product: Product;
  readonly person: SignedIn;
  readonly meter: CostMeter;
  readonly seconds: number;
  readonly tell: (name: string, measured: Measured) => void;
}

const get = (path: string): Request => ({ method: 'GET', path: `/api/v1${path}` });
const search = (words: readonly string[]): Request[] =>
  words.map((word) => get(`/clients?limit=50&q=${encodeURIComponent(word)}`));
const list = get('/clients?limit=50');

/** What a clinic does in the seconds after its import. */
export async function measureJustImported(round: Round): Promise<Results> {
  const { items } = (await round.person.api('GET /clients', { query: { limit: 50 } })).body;
  return measureAll(round, {
    list: [list],
    'one client': items.map(({ id }) => get(`/clients/${id}`)),
    'search: name': search(names),
  });
}

const names = ['joao', 'lucia', 'caetano', 'iris'];

/** What people ask for all day, by its name. */
export async function listRequests({ professionalId }: Product, person: SignedIn) {
  const { ids, documents, phones, deepCursor } = await pickClients(person);
  return {
    'health check': [{ method: 'GET', path: '/healthz' }],
    list: [list],
    'list, deep page': [get(`/clients?limit=50&cursor=${encodeURIComponent(deepCursor)}`)],
    'search: name': search(names),
    'search: part, without accents': search(['magalh', 'conceic', 'munoz', 'goncal']),
    'search: part of a phone': search(phones),
    'search: CPF': search(documents),
    'search: nothing found': search(['qwertyz', 'zzzzyx']),
    'one client': ids.map((id) => get(`/clients/${id}`)),
    create: [createRequest(professionalId)],
    change: ids.map((id) => changeRequest(id)),
  } satisfies Readonly<Record<string, readonly Request[]>>;
}

/** Everything, once the background has done its part. */
export async function measureSettled(round: Round): Promise<Results> {
  const { product, person, seconds } = round;
  const results = await measureAll(round, await listRequests(product, person));
  const signIn = 'sign in, mail included';
  const signedIn = await measured(round, signIn, () => measureCalls(seconds, () => product.signIn(people.visitor)));
  // Afterwards: each sign-in takes the place of an older one.
  const visitor = await product.signIn(people.visitor);
  const refresh = await measured(round, 'refresh', () => measureCalls(seconds, chainRefreshes(product, visitor)));
  return { ...results, [signIn]: signedIn, refresh };
}

/** Measures each by its name, after a second to warm up. */
export async function measureAll(
  round: Round,
  scenarios: Readonly<Record<string, readonly Request[]>>,
  load: Pick<LoadOptions, 'connections'> = {},
): Promise<Results> {
  const { product, person, seconds } = round;
  const results: Record<string, Measured> = {};
  for (const [name, requests] of Object.entries(scenarios)) {
    const options = { address: product.address, token: person.accessToken, requests, ...load };
    await measureLoad({ ...options, seconds: 1 });
    results[name] = await measured(round, name, () => measureLoad({ ...options, seconds }));
  }
  return results;
}

async function measured(
  { product, meter, tell }: Round,
  name: string,
  work: () => Promise<Answers>,
): Promise<Measured> {
  const result = await meter.measure(product.server.pid ?? 0, work);
  tell(name, result);
  return result;
}

let created = 0;

const createRequest = (professionalId: string): Request => ({
  method: 'POST',
  path: '/api/v1/clients',
  headers: { 'content-type': 'application/json' },
  setupRequest: (request) => {
    const number = String((created += 1));
    const phone = `+55119${String(70_000_000 + created)}`;
    const body = {
      firstName: 'Carga',
      lastName: `Teste ${number}`,
      phone,
      email: `carga${number}@exemplo.test`,
      professionalId,
    };
    return { ...request, body: JSON.stringify(body) };
  },
});

const changeRequest = (id: string): Request => ({
  method: 'PATCH',
  path: `/api/v1/clients/${id}`,
  headers: { 'content-type': 'application/json', 'if-match': '*' },
  setupRequest: (request) => ({
    ...request,
    body: JSON.stringify({ profession: `Alterada ${String((created += 1))}` }),
  }),
});

/** Pages to walk for a deep cursor: twenty thousand clients. */
const pagesDown = 100;

async function pickClients({ api }: SignedIn) {
  const ids: string[] = [];
  let deepCursor = '';
  for (let page = 0; page < pagesDown; page++) {
    const query = { limit: 200, ...(deepCursor !== '' && { cursor: deepCursor }) };
    const { body } = await api('GET /clients', { query });
    ids.push(...body.items.slice(0, 1).map(({ id }) => id));
    if (body.nextCursor === null) break;
    deepCursor = body.nextCursor;
  }
  const some = ids.slice(0, 50);
  const whole = await Promise.all(some.map(async (id) => (await api('GET /clients/{id}', { params: { id } })).body));
  return {
    ids: some,
    deepCursor,
    documents: whole.flatMap(({ document }) => document ?? []).slice(0, 20),
    phones: whole.flatMap(({ phone }) => phone?.slice(-6) ?? []).slice(0, 20),
  };
}

/** Each refresh needs the token that the one before brought. */
function chainRefreshes({ address }: Product, { refreshToken }: SignedIn): () => Promise<void> {
  const api = createApiClient({ baseUrl: address });
  let token = refreshToken;
  return async () => {
    const { body } = await api('POST /auth/refresh', { body: { refreshToken: token } });
    token = body.refreshToken ?? '';
  };
}
