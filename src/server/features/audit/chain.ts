import type { Database } from '../../db/transaction.ts';
import { countUnsealed, listChains, listLinks, type Link } from './chain-queries.ts';

export interface BrokenLink {
  /** Place in the clinic's chain, from 1. */
  readonly sequence: number;
  readonly eventId: string;
  readonly reason: 'link_missing' | 'does_not_follow' | 'event_altered';
}

export interface ChainReport {
  readonly clinicId: string;
  readonly clinicName: string;
  /** Links looked at, the broken one included. */
  readonly links: number;
  /** Hash of the last link, hex: noted elsewhere, it also shows that nobody cut the end off. */
  readonly head: string | undefined;
  readonly broken: BrokenLink | undefined;
  /** Events older than a quarter of an hour that no link covers: they wait for a running server. */
  readonly unsealed: number;
}

const linksPerTrip = 5000;

/** Recomputes every clinic's chain of audit events from its beginning to the first link that does not hold. */
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
      const reason = faultOf(link, links, head);
      if (reason !== undefined)
        return { links, head: undefined, broken: { sequence: links, eventId: link.event_id, reason } };
      head = link.hash;
    }
    if (page.length < linksPerTrip)
      return { links, head: links === 0 ? undefined : head.toString('hex'), broken: undefined };
  }
}

function faultOf(link: Link, place: number, head: Buffer): BrokenLink['reason'] | undefined {
  if (Number(link.sequence) !== place) return 'link_missing';
  if (!link.previous_hash.equals(head)) return 'does_not_follow';
  return link.expected?.equals(link.hash) === true ? undefined : 'event_altered';
}
