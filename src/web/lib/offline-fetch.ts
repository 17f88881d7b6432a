import { deleteCopy, findCopy, deleteCopies, listCopies, storeCopy } from './offline-cache.ts';
import { findCopiedList, isCopyAllowed } from './offline-copies.ts';
import { findSessionOwner } from './session.ts';
import { UnreachableError, fetchOrThrow } from './unreachable.ts';

function readAddress(input: RequestInfo | URL): URL {
  return new URL(input instanceof Request ? input.url : input, location.href);
}

/** Stores an answer, unless the session has ended meanwhile. */
async function store(owner: string, url: string, answer: Response): Promise<void> {
  await storeCopy(owner, url, answer);
  // The person signed out while this was being written.
  if (findSessionOwner() !== owner) await deleteCopies();
}

/** Updates or deletes the copy of an address after the server's answer. */
function updateCopy(method: string, address: URL, answer: Response): void {
  const owner = findSessionOwner();
  if (owner === undefined || !isCopyAllowed(address)) return;
  // When storage is full or forbidden, only the offline copy is lost, never the answer.
  const ignore = (): undefined => undefined;
  const isReading = method === 'GET' || (method === 'PATCH' && answer.status === 200);
  if (answer.ok && isReading) store(owner, address.href, answer.clone()).catch(ignore);
  else if (method === 'DELETE' || answer.status === 403 || answer.status === 404)
    deleteCopy(address.href).catch(ignore);
}

/** Searches the stored pages of a list. Filters other than the search need the server. */
async function searchCopies(owner: string, address: URL): Promise<Response | undefined> {
  const list = findCopiedList(address);
  const asked = [...address.searchParams.keys()].filter((name) => name !== 'limit');
  if (list === undefined || asked.some((name) => name !== 'q')) return undefined;
  const copies = await listCopies(owner, list);
  if (copies.length === 0) return undefined;
  const pages = await Promise.all(copies.map((copy) => copy.json() as Promise<unknown>));
  return Response.json(list.search(pages, address.searchParams.get('q') ?? ''));
}

async function answerFromCopies(address: URL): Promise<Response | undefined> {
  const owner = findSessionOwner();
  if (owner === undefined || !isCopyAllowed(address)) return undefined;
  return (await findCopy(owner, address.href)) ?? searchCopies(owner, address);
}

/** A fetch that stores answers in the offline cache, and answers from there when the server cannot be reached. */
export const fetchWithOfflineCache: typeof fetch = async (input, init) => {
  const method = init?.method ?? 'GET';
  const address = readAddress(input);
  try {
    const answer = await fetchOrThrow(input, init);
    updateCopy(method, address, answer);
    return answer;
  } catch (error) {
    const copy = error instanceof UnreachableError && method === 'GET' ? await answerFromCopies(address) : undefined;
    if (copy === undefined) throw error;
    return copy;
  }
};
