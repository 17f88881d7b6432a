import type { Database } from '../../db/transaction.ts';
import { type ChainFault, findFault } from './chain-faults.ts';
import { type ChainHead, compareHeads } from './chain-head.ts';
import { type Link, listChains, listLinks, listUnsealed } from './chain-queries.ts';

export interface ChainReport {
  readonly clinicId: string;
  /** Undefined for a clinic of which only a noted head is left. */
  readonly clinicName: string | undefined;
  /** The number of links checked. */
  readonly links: number;
  /** Hash of the last link in hex; undefined for an empty or broken chain. */
  readonly head: string | undefined;
  /** The first fault. */
  readonly broken: ChainFault | undefined;
  /** What is wrong, in the order of the chain: the first twenty faults of its links, then those that need the whole chain. */
  readonly faults: readonly ChainFault[];
  /** The number of events older than 15 minutes that no link covers yet; a running server seals them. */
  readonly unsealed: number;
}

const linksPerTrip = 10_000;
const mostFaults = 20;

/** Recomputes every clinic's chain of audit events, and compares it with heads that were noted earlier. */
export async function verifyChains(
  db: Database,
  onClinic: (name: string) => void,
  heads: readonly ChainHead[] = [],
): Promise<ChainReport[]> {
  const reports: ChainReport[] = [];
  const chains = await db.system(listChains);
  for (const { id, name } of chains) {
    onClinic(name);
    const { links, end, head, faults: found } = await walkChain(db, id);
    const noted = heads.filter(({ clinicId }) => clinicId === id);
    const { unsealed, inserted } = await findUnsealed(db, id);
    const faults = [...found, ...inserted, ...(await compareHeads(db, id, end, noted))];
    const [broken] = faults;
    reports.push({
      ...{ clinicId: id, clinicName: name, links, unsealed, broken, faults },
      head: broken === undefined ? head : undefined,
    });
  }
  const gone = heads.filter(({ clinicId }) => !chains.some(({ id }) => id === clinicId));
  return [...reports, ...[...new Set(gone.map(({ clinicId }) => clinicId))].map((id) => describeGone(id, gone))];
}

function describeGone(clinicId: string, heads: readonly ChainHead[]): ChainReport {
  const links = Math.max(...heads.filter((head) => head.clinicId === clinicId).map((head) => head.links));
  const broken = { sequence: 1, eventId: undefined, reason: 'chain_missing', other: links } as const;
  return { clinicId, clinicName: undefined, links: 0, head: undefined, broken, faults: [broken], unsealed: 0 };
}

interface WalkedChain extends Pick<ChainReport, 'links' | 'head' | 'faults'> {
  /** The place of the last link; more than `links` where some are gone. */
  readonly end: number;
}

async function walkChain(db: Database, clinicId: string): Promise<WalkedChain> {
  const faults: ChainFault[] = [];
  let place = 1;
  let links = 0;
  let head: Buffer = Buffer.alloc(0);
  let beforeHead: Buffer = head;
  let previous: Link | undefined;
  let latest = 0;
  const load = (after: number): Promise<Link[]> => {
    const page = db.system((tx) => listLinks(tx, clinicId, after, linksPerTrip));
    // Whoever awaits it is told; the walk may have failed before.
    page.catch(() => undefined);
    return page;
  };
  for (let next = load(0); ;) {
    const page = await next;
    // The database hashes the next page while this one is compared.
    const last = page.length < linksPerTrip ? undefined : page.at(-1);
    if (last !== undefined) next = load(Number(last.sequence));
    for (const link of page) {
      links += 1;
      const fault =
        faults.length === mostFaults || isWhole(link, place, head, latest)
          ? undefined
          : await findFault(db, clinicId, link, { place, head, beforeHead, previous, latest });
      if (fault !== undefined) faults.push(fault);
      // After a fault the walk goes on from what the chain says here.
      place = Number(link.sequence) + 1;
      beforeHead = head;
      head = link.hash;
      previous = link;
      latest = Math.max(latest, link.at?.getTime() ?? 0);
    }
    if (last === undefined)
      return { links, end: place - 1, head: links === 0 ? undefined : head.toString('hex'), faults };
  }
}

/** Whether nothing can be wrong with a link; spares almost every link the asynchronous look. */
const isWhole = (link: Link, place: number, head: Buffer, latest: number): boolean =>
  link.holds === true &&
  Number(link.sequence) === place &&
  link.previous_hash.equals(head) &&
  (link.at?.getTime() ?? 0) >= latest;

/** Events without a seal. One that is dated before sealed ones did not come there by the server. */
async function findUnsealed(db: Database, clinicId: string) {
  const rows = await db.system((tx) => listUnsealed(tx, clinicId, mostFaults));
  const inserted = rows.flatMap(({ id, before }): ChainFault[] =>
    before === null ? [] : [{ sequence: Number(before), eventId: id, reason: 'event_inserted' }],
  );
  return { unsealed: Number(rows[0]?.total ?? 0), inserted };
}
