import { dropCopy, findCopy, forgetCopies, listCopies, storeCopy } from './offline-cache.ts';
import { findCopiedList, isCopied } from './offline-copies.ts';
import { findSessionOwner } from './session.ts';
import { UnreachableError, reach } from './unreachable.ts';

function addressOf(input: RequestInfo | URL): URL {
  return new URL(input instanceof Request ? input.url : input, location.href);
}

/** Stores an answer, unless the session that asked for it has ended meanwhile. */
async function store(owner: string, url: string, answer: Response): Promise<void> {
  await storeCopy(owner, url, answer);
  // Signed out while this was being written.
  if (findSessionOwner() !== owner) await forgetCopies();
}

/** Updates or drops the copy of a URL according to the server's answer. */
function learn(method: string, address: URL, answer: Response): void {
  const owner = findSessionOwner();
  if (owner === undefined || !isCopied(address)) return;
  // When storage is full or forbidden, only the offline copy is lost, never the answer.
  const ignore = (): undefined => undefined;
  const isReading = method === 'GET' || (method === 'PATCH' && answer.status === 200);
  if (answer.ok && isReading) store(owner, address.href, answer.clone()).catch(ignore);
  else if (method === 'DELETE' || answer.status === 403 || answer.status === 404) dropCopy(address.href).catch(ignore);
}

/** A search that was never sent is answered from the stored lists; other filters need the server. */
async function searchCopies(owner: string, address: URL): Promise<Response | undefined> {
  const list = findCopiedList(address);
  const asked = [...address.searchParams.keys()].filter((name) => name !== 'limit');
  if (list === undefined || asked.some((name) => name !== 'q')) return undefined;
  const copies = await listCopies(owner, list);
  if (copies.length === 0) return undefined;
  const pages = await Promise.all(copies.map((copy) => copy.json() as Promise<unknown>));
  return Response.json(list.search(pages, address.searchParams.get('q') ?? ''));
}

async function recall(address: URL): Promise<Response | undefined> {
  const owner = findSessionOwner();
  if (owner === undefined || !isCopied(address)) return undefined;
  return (await findCopy(owner, address.href)) ?? searchCopies(owner, address);
}

/** A fetch that stores what was read, and answers from the stored copies when the server gives no answer. */
export const reachOrRecall: typeof fetch = async (input, init) => {
  const method = init?.method ?? 'GET';
  const address = addressOf(input);
  try {
    const answer = await reach(input, init);
    learn(method, address, answer);
    return answer;
  } catch (error) {
    const copy = error instanceof UnreachableError && method === 'GET' ? await recall(address) : undefined;
    if (copy === undefined) throw error;
    return copy;
  }
};
