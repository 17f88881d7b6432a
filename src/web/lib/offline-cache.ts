import { findCopiedList, isOfPath, type SearchableList } from './offline-copies.ts';
import { whenIdle } from './when-idle.ts';

/**
 * The offline cache: copies of answers that were shown in this session, readable without a connection. It is one cache of the
 * browser, so that one call removes everything (docs/decisions/own-service-worker.md).
 */
const name = 'acolhe-seen';
const ownerHeader = 'x-seen-by';
const momentHeader = 'x-seen-at';

/** Milliseconds after which a copy is no longer shown: long enough for a working day away from the clinic. */
const usefulFor = 24 * 60 * 60_000;
/** The largest number of pages of lists, and of other copies; the oldest are removed first. */
const maxCopies = { lists: 20, others: 200 };

/** False outside a secure context, such as plain http in a local network. */
const isAvailable = (): boolean => 'caches' in globalThis;

const isList = (url: string): boolean => findCopiedList(new URL(url)) !== undefined;

/** Removes every copy. */
export async function deleteCopies(): Promise<void> {
  if (isAvailable()) await caches.delete(name).catch(() => false);
}

/** Stores an answer. `owner`: id of the signed-in professional, to whom alone it is shown again. */
export async function storeCopy(owner: string, url: string, answer: Response): Promise<void> {
  if (!isAvailable()) return;
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.set(ownerHeader, owner);
  headers.set(momentHeader, String(Date.now()));
  const etag = answer.headers.get('etag');
  if (etag !== null) headers.set('etag', etag);
  const body = await answer.text();
  // The page shows the answer first.
  await whenIdle();
  const cache = await caches.open(name);
  await cache.put(url, new Response(body, { headers }));
  const kept = (await cache.keys()).map((request) => request.url);
  const lists = kept.filter(isList);
  const others = kept.filter((each) => !isList(each));
  const surplus = [...lists.slice(0, -maxCopies.lists), ...others.slice(0, -maxCopies.others)];
  await Promise.all(surplus.map((each) => cache.delete(each)));
}

/** Deletes a copy, after those that wait to be stored. */
export async function deleteCopy(url: string): Promise<void> {
  await whenIdle();
  if (isAvailable() && (await caches.has(name))) await (await caches.open(name)).delete(url);
}

const isFor = (owner: string, { headers }: Response): boolean =>
  headers.get(ownerHeader) === owner && Date.now() - Number(headers.get(momentHeader)) < usefulFor;

/** The copy of an address, if it is this person's and recent enough. */
export async function findCopy(owner: string, url: string): Promise<Response | undefined> {
  if (!isAvailable()) return undefined;
  const copy = await caches.match(url, { cacheName: name });
  return copy !== undefined && isFor(owner, copy) ? copy : undefined;
}

/** This person's copies of all pages of a list, the newest first. */
export async function listCopies(owner: string, list: SearchableList): Promise<Response[]> {
  if (!isAvailable() || !(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const urls = (await cache.keys()).map(({ url }) => url).filter((url) => findCopiedList(new URL(url)) === list);
  const copies = await Promise.all(urls.reverse().map((url) => cache.match(url)));
  return copies.filter((copy) => copy !== undefined && isFor(owner, copy)) as Response[];
}

/** This person's latest copies of a path such as `clients/{id}`, the newest first. */
export async function listLatestCopies(owner: string, path: string, most: number): Promise<Response[]> {
  if (!isAvailable() || !(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const urls = (await cache.keys()).map(({ url }) => url).filter((url) => isOfPath(new URL(url), path));
  // A copy that is stored again goes to the end.
  const copies = await Promise.all(
    urls
      .slice(-most)
      .reverse()
      .map((url) => cache.match(url)),
  );
  return copies.filter((copy) => copy !== undefined && isFor(owner, copy)) as Response[];
}
