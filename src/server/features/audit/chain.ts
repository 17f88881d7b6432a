import type { Database } from '../../db/transaction.ts';
import { countUnsealed, listChains, listLinks, type Link } from './chain-queries.ts';

export interface BrokenLink {
  /** Position in the clinic's chain, from 1. */
  readonly sequence: number;
  readonly eventId: string;
  readonly reason: 'link_missing' | 'does_not_follow' | 'event_altered';
}

export interface ChainReport {
  readonly clinicId: string;
  readonly clinicName: string;
  /** The number of links checked, including the broken one. */
  readonly links: number;
  /** Hash of the last link in hex. Kept elsewhere, it can prove later that nobody cut off the end. */
  readonly head: string | undefined;
  readonly broken: BrokenLink | undefined;
  /** The number of events older than 15 minutes that no link covers yet; a running server seals them. */
  readonly unsealed: number;
}

const linksPerTrip = 5000;

/** Recomputes every clinic's chain of audit events from the beginning to the first broken link. */
export async function verifyChains(db: Database, onClinic: (name: string) => void): Promise<ChainReport[]> {
  const reports: ChainReport[] = [];
  for (const { id, name } of await db.system(listChains)) {
    onClinic(name);
    const unsealed = await db.system((tx) => countUnsealed(tx, id));
    reports.push({ clinicId: id, clinicName: name, unsealed, ...(await walk(db, id)) });
  }
  return reports;
}

async function walk(db: Database, clinicId: string): Promise<Pick<ChainReport, 'links' | 'head' | 'broken'>> {
  let links = 0;
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const page = await db.system((tx) => listLinks(tx, clinicId, links, linksPerTrip));
    for (const link of page) {
      links += 1;
      const reason = findFault(link, links, head);
      if (reason !== undefined)
        return { links, head: undefined, broken: { sequence: links, eventId: link.event_id, reason } };
      head = link.hash;
    }
    if (page.length < linksPerTrip)
      return { links, head: links === 0 ? undefined : head.toString('hex'), broken: undefined };
  }
}

function findFault(link: Link, place: number, head: Buffer): BrokenLink['reason'] | undefined {
  if (Number(link.sequence) !== place) return 'link_missing';
  if (!link.previous_hash.equals(head)) return 'does_not_follow';
  return link.expected?.equals(link.hash) === true ? undefined : 'event_altered';
}
