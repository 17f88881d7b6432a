import type { Me, MePatch, Settings } from '../../../shared/contracts/auth.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { type AuditEvent, describeChanges, recordEvent } from '../audit/api.ts';
import { presentMe, profileValues } from '../auth/api.ts';
import { findSelf, type SelfRow, updateProfile, updateSettings } from './me-queries.ts';
import { presentSettings } from './presenter.ts';

export interface Versioned<Body> {
  readonly body: Body;
  readonly etag: string;
}

async function readSelf(db: Database, actor: Actor): Promise<SelfRow> {
  const row = await db.read(actor, (tx) => findSelf(tx, actor.professionalId));
  if (row === undefined) throw notFound();
  return row;
}

type Recorded = Pick<AuditEvent, 'action' | 'details'>;

/** Changes the person's own row if `matches` accepts its version, and records what `change` tells. Throws not_found, stale. */
async function changeSelf(
  db: Database,
  actor: Actor,
  matches: (version: number) => boolean,
  change: (tx: Transaction, row: SelfRow) => { readonly done: Promise<unknown>; readonly event: Recorded },
): Promise<SelfRow> {
  return db.write(actor, async (tx) => {
    const [, row] = await Promise.all([lockPerson(tx, actor.professionalId), findSelf(tx, actor.professionalId)]);
    if (row === undefined) throw notFound();
    if (!matches(row.version)) throw conflict('stale');
    const { done, event } = change(tx, row);
    const [, , changed] = await Promise.all([
      done,
      recordEvent(tx, actor, { ...event, recordType: 'professional', recordId: actor.professionalId }),
      findSelf(tx, actor.professionalId),
    ]);
    return changed ?? row;
  });
}

export async function getMe(db: Database, actor: Actor): Promise<Versioned<Me>> {
  const row = await readSelf(db, actor);
  return { body: presentMe(row), etag: etagOf(row.version) };
}

export async function changeMe(
  db: Database,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: MePatch,
): Promise<Versioned<Me>> {
  const row = await changeSelf(db, actor, matches, (tx, old) => ({
    done: updateProfile(
      tx,
      actor.professionalId,
      {
        firstName: patch.firstName ?? old.first_name,
        lastName: patch.lastName === undefined ? old.last_name : patch.lastName,
      },
      profileValues(patch),
    ),
    event: { action: 'profile_updated' },
  }));
  return { body: presentMe(row), etag: etagOf(row.version) };
}

export async function getSettings(db: Database, actor: Actor): Promise<Versioned<Settings>> {
  const row = await readSelf(db, actor);
  return { body: presentSettings(row), etag: etagOf(row.version) };
}

export async function changeSettings(
  db: Database,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Promise<Versioned<Settings>> {
  const row = await changeSelf(db, actor, matches, (tx, old) => {
    const before = presentSettings(old);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    return {
      done: updateSettings(tx, actor.professionalId, after),
      event: { action: 'settings_changed', details: describeChanges(before, after) },
    };
  });
  return { body: presentSettings(row), etag: etagOf(row.version) };
}
