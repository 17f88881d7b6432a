import type { Database } from '../../db/transaction.ts';
import { findExchanged, findLink, type Link, longestUnsealed } from './chain-queries.ts';

/** What is wrong at a place of a chain. */
export interface ChainFault {
  /** Position in the clinic's chain, from 1. */
  readonly sequence: number;
  /** Undefined where the event is not known any more. */
  readonly eventId: string | undefined;
  readonly reason:
    | 'event_missing'
    | 'event_altered'
    | 'event_exchanged'
    | 'event_inserted'
    | 'link_missing'
    | 'link_inserted'
    | 'link_exchanged'
    | 'does_not_follow'
    | 'tail_cut'
    | 'sealed_anew'
    | 'chain_missing';
  /** The other place: of what was exchanged, or the last one that is gone. */
  readonly other?: number;
}

/** What the walk knows when it comes to a link. */
export interface Walk {
  /** The place that is due. */
  readonly place: number;
  /** The hash of the link before, and of the one before that; empty at the beginning. */
  readonly head: Buffer;
  readonly beforeHead: Buffer;
  /** The link before; undefined at the beginning. */
  readonly previous: Link | undefined;
  /** The latest time of an event so far, in milliseconds. */
  readonly latest: number;
}

/** What is wrong with a link, if anything. Asks the database only where something is. */
export async function findFault(
  db: Database,
  clinicId: string,
  link: Link,
  walk: Walk,
): Promise<ChainFault | undefined> {
  const sequence = Number(link.sequence);
  const here = { sequence, eventId: link.event_id };
  if (sequence !== walk.place)
    return { sequence: walk.place, eventId: undefined, reason: 'link_missing', other: sequence - 1 };
  if (!link.previous_hash.equals(walk.head)) return describeBreak(db, clinicId, link, walk);
  if (link.holds === null) return { ...here, reason: 'event_missing' };
  if (!link.holds) {
    const other = await db.system((tx) => findExchanged(tx, clinicId, link));
    return other === undefined ? { ...here, reason: 'event_altered' } : { ...here, reason: 'event_exchanged', other };
  }
  return isInserted(link, walk) ? { ...here, reason: 'event_inserted' } : undefined;
}

/** A link does not follow from the one before it: which of the two is out of place? */
async function describeBreak(db: Database, clinicId: string, link: Link, walk: Walk): Promise<ChainFault> {
  const { place, previous, beforeHead } = walk;
  const here = { sequence: place, eventId: link.event_id };
  if (previous !== undefined && link.previous_hash.equals(beforeHead))
    return { sequence: place - 1, eventId: previous.event_id, reason: 'link_inserted' };
  const other = await db.system((tx) => findLink(tx, clinicId, link.previous_hash));
  if (other !== undefined) return { ...here, reason: 'link_exchanged', other };
  // The link itself is whole, so what it followed is gone, and the places were counted anew.
  return link.holds === true
    ? { ...here, eventId: undefined, reason: 'link_missing', other: place }
    : { ...here, reason: 'does_not_follow' };
}

/**
 * Whether an event is dated long before the one ahead of it and was sealed long after its date. After a clock was set back events
 * are dated earlier too, but sealed at once.
 */
const isInserted = ({ at, late }: Link, { latest }: Walk): boolean =>
  at !== null && late !== null && late > longestUnsealed && at.getTime() < latest - longestUnsealed * 1000;
