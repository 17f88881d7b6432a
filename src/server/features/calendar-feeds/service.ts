import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { CalendarFeed, CalendarFeedInput } from '../../../shared/contracts/agenda/calendar-feeds.ts';
import type { ShortListQuery } from '../../../shared/contracts/route.ts';
import { toInitials } from '../../../shared/initials.ts';
import type { Config } from '../../config.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { limitReached, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import { recordEvent } from '../audit/api.ts';
import { chargePublicPage, type Keyring } from '../auth/api.ts';
import { claimCreation, earlierRecord, makeSecret, repeatSecret } from '../idempotency/api.ts';
import { type CalendarEvent, writeCalendar } from './calendar.ts';
import {
  countFeeds,
  deleteFeed,
  type FeedRow,
  findFeedByToken,
  findOwnFeed,
  insertFeed,
  listFeedAppointments,
  listFeeds,
  noteRead,
} from './queries.ts';

export interface FeedDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly config: Pick<Config, 'publicUrl'>;
}

/** The most addresses of one person; each is read every few minutes. */
const mostFeeds = 10;

const presentFeed = (row: FeedRow): CalendarFeed => ({
  id: row.id,
  name: row.name,
  content: row.content as CalendarFeed['content'],
  createdAt: row.created_at.toISOString(),
  lastReadAt: row.last_read_at?.toISOString() ?? null,
});

export async function listOwnFeeds({ db }: FeedDependencies, actor: Actor, query: ShortListQuery) {
  const rows = await db.read(actor, (tx) => listFeeds(tx, actor.professionalId));
  const name = ['calendar-feeds', actor.professionalId];
  return paginateShortList({ name, items: rows.map(presentFeed), placeOf: placeById }, query);
}

/** The bytes of the secret in an address. */
const tokenBytes = 24;

interface CreatedFeed {
  readonly body: CalendarFeed & { url: string };
  /** True when an earlier request with the same Idempotency-Key made it. */
  readonly replayed: boolean;
}

/**
 * Makes a secret address, which is shown this once and to repeats of the request. Throws not_found when it has been revoked
 * meanwhile, idempotency_key_reused, secret_already_shown, too_many_requests.
 */
export async function createFeed(
  { db, keyring, config }: FeedDependencies,
  actor: Actor,
  input: CalendarFeedInput,
  key: string | undefined,
): Promise<CreatedFeed> {
  const id = uuidv7();
  const show = (row: FeedRow, token: string) => ({
    ...presentFeed(row),
    url: `${config.publicUrl ?? ''}/calendar/${token}.ics`,
  });
  return db.write(actor, async (tx) => {
    const [claim, count] = await Promise.all([
      claimCreation(tx, actor, { key, route: 'POST /calendar-feeds', content: [input], recordId: id }),
      countFeeds(tx, actor.professionalId),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const known = await findOwnFeed(tx, actor.professionalId, earlier);
      if (known === undefined) throw notFound();
      const isItsToken = (token: string) => keyring.verify('calendar-feed', token, known.token_hash);
      const token = repeatSecret(keyring, { actor, key, recordId: earlier, bytes: tokenBytes }, isItsToken);
      return { body: show(known, token), replayed: true };
    }
    if (count >= mostFeeds) throw limitReached('too_many_requests', 60, { reason: 'calendar_feeds', count: mostFeeds });
    const token = makeSecret(keyring, { actor, key, recordId: id, bytes: tokenBytes });
    const [row] = await Promise.all([
      insertFeed(tx, { ...actor, ...input, id, tokenHash: keyring.hash('calendar-feed', token) }),
      recordEvent(tx, actor, { action: 'calendar_feed_made', recordType: 'calendar_feed', recordId: id }),
    ]);
    return { body: show(row, token), replayed: false };
  });
}

/** Revokes an address at once. Throws not_found. */
export async function revokeFeed({ db }: FeedDependencies, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    if (!(await deleteFeed(tx, actor.professionalId, id))) throw notFound();
    await recordEvent(tx, actor, { action: 'calendar_feed_revoked', recordType: 'calendar_feed', recordId: id });
  });
}

/** Requests a minute from one address: calendar programs share theirs, Google reads everybody's from a few. */
const manyReads = 600;
const fewGuesses = 30;

/** A calendar and its entity tag. Writing takes longer than all the rest, so it is left to whoever finds that the tag is new. */
export interface Calendar {
  readonly etag: string;
  readonly write: () => string;
}

/** The calendar of a secret address. Throws not_found, too_many_requests. */
export async function readCalendar(deps: FeedDependencies, token: string, address: string): Promise<Calendar> {
  const feed = await deps.db.system(async (tx) => {
    const found = await findFeed(deps, tx, token);
    const use =
      found === undefined
        ? { page: 'calendar-unknown', perMinute: fewGuesses }
        : { page: 'calendar', perMinute: manyReads };
    await chargePublicPage(deps, tx, { ...use, address });
    if (found === undefined) return undefined;
    const [appointments] = await Promise.all([
      listFeedAppointments(tx, found.clinic_id, found.professional_id),
      noteRead(tx, found.clinic_id, found.id),
    ]);
    return { ...found, appointments };
  });
  if (feed === undefined) throw notFound();
  const { name } = feed;
  const events = feed.appointments.map(toEvent(feed.content === 'names'));
  const hash = createHash('sha256').update(JSON.stringify([name, events]));
  return {
    etag: `"${hash.digest('base64url').slice(0, 27)}"`,
    write: () => writeCalendar(name, events),
  };
}

async function findFeed({ keyring }: FeedDependencies, tx: Transaction, token: string) {
  return /^[\w-]{32}$/.test(token) ? findFeedByToken(tx, keyring.hashes('calendar-feed', token)) : undefined;
}

type AppointmentRow = Awaited<ReturnType<typeof listFeedAppointments>>[number];

const toEvent =
  (withNames: boolean) =>
  (row: AppointmentRow): CalendarEvent => ({
    id: row.id,
    version: row.version,
    startAt: row.start_at,
    endAt: row.end_at,
    updatedAt: row.updated_at,
    summary: withNames ? row.full_name : toInitials(row.full_name),
    isFree: row.status === 'canceled' || row.status === 'noShow',
  });
