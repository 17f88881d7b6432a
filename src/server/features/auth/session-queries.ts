import type { endReasons } from '../../../shared/contracts/auth.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'device_key', 'device_name', 'device_kind', 'created_at', 'last_seen_at'] as const;

const selectLive = (professionalId: string) =>
  qb
    .selectFrom('device_sessions')
    .select(columns)
    .where('professional_id', '=', professionalId)
    .where('ended_at', 'is', null)
    // An access token may live longer than the refresh token it came with.
    .where(sql<Date>`greatest(refresh_expires_at, access_expires_at)`, '>', sql<Date>`now()`)
    // By use count, not by time, because the clock may have been set back.
    .orderBy('use_order')
    .orderBy('id');

export type SessionRow = Awaited<ReturnType<ReturnType<typeof selectLive>['executeTakeFirstOrThrow']>>;
export type EndReason = (typeof endReasons)[number];

/** The active sessions of a person, least recently used first. */
export const listLiveSessions = (tx: Transaction, professionalId: string): Promise<SessionRow[]> =>
  tx.run(selectLive(professionalId));

interface NewSession {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly deviceKey: string;
  readonly deviceName: string | null;
  readonly deviceKind: string;
  readonly lives: TokenLives;
}

/** The lifetimes of newly issued tokens, in seconds. */
export interface TokenLives {
  readonly access: number;
  readonly refresh: number;
}

const expiries = ({ access, refresh }: TokenLives) => ({
  access_expires_at: sql<Date>`now() + make_interval(secs => ${access})`,
  refresh_expires_at: sql<Date>`now() + make_interval(secs => ${refresh})`,
});

export async function insertSession(tx: Transaction, session: NewSession): Promise<SessionRow> {
  const rows = await tx.run(
    qb
      .insertInto('device_sessions')
      .values({
        clinic_id: session.clinicId,
        professional_id: session.professionalId,
        device_key: session.deviceKey,
        device_name: session.deviceName,
        device_kind: session.deviceKind,
        ...expiries(session.lives),
      })
      .returning(columns),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no session was inserted');
  return row;
}

/** Ends sessions and stores why. @returns those that were active */
export const endSessions = (
  tx: Transaction,
  ids: readonly string[],
  reason: EndReason,
  endedByKind: string | null = null,
): Promise<SessionRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx.run(
        qb
          .updateTable('device_sessions')
          .set({ ended_at: sql`now()`, end_reason: reason, ended_by_kind: endedByKind })
          .where('id', 'in', ids)
          .where('ended_at', 'is', null)
          .returning(columns),
      );

/** Ends earlier sessions of a device, because a new sign-in replaces them. */
export const endSessionsOfDevice = (
  tx: Transaction,
  professionalId: string,
  deviceKeys: readonly string[],
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('device_sessions')
      .set({ ended_at: sql`now()`, end_reason: 'same_device' })
      .where('professional_id', '=', professionalId)
      .where('device_key', 'in', deviceKeys)
      .where('ended_at', 'is', null),
  );

/** Ends every session of a person. */
export const endSessionsOfPerson = (tx: Transaction, professionalId: string, reason: EndReason): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('device_sessions')
      .set({ ended_at: sql`now()`, end_reason: reason })
      .where('professional_id', '=', professionalId)
      .where('ended_at', 'is', null),
  );

/** Ends every session of a clinic. */
export const endSessionsOfClinic = (tx: Transaction, clinicId: string, reason: EndReason): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('device_sessions')
      .set({ ended_at: sql`now()`, end_reason: reason })
      .where('clinic_id', '=', clinicId)
      .where('ended_at', 'is', null),
  );

/** Reads a session for a refresh and locks it until the transaction ends. */
export async function lockSession(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('device_sessions as s')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.professional_id'),
      )
      .select([
        's.id',
        's.clinic_id',
        's.professional_id',
        's.refresh_generation',
        's.ended_at',
        's.end_reason',
        's.ended_by_kind',
        'p.role',
        'p.deactivated_at',
        sql<boolean>`p.is_superuser and not app.has_host_entry(s.clinic_id, s.professional_id)`.as('lacks_entry'),
        sql<boolean>`s.refresh_expires_at <= now()`.as('expired'),
        sql<number>`extract(epoch from now() - s.refresh_rotated_at)::float8`.as('seconds_since_rotation'),
      ])
      .where('s.id', '=', id)
      .forUpdate('s'),
  );
  return rows[0];
}

/** Stores the generation of a session's next refresh token. */
export const rotateSession = (tx: Transaction, id: string, generation: number, lives: TokenLives): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('device_sessions')
      .set({
        refresh_generation: generation,
        refresh_rotated_at: sql`now()`,
        ...expiries(lives),
        last_seen_at: sql`now()`,
      })
      .where('id', '=', id),
  );

/** Renames a device. @returns undefined when the session is not the person's or has ended */
export async function renameSession(
  tx: Transaction,
  professionalId: string,
  id: string,
  deviceName: string,
): Promise<SessionRow | undefined> {
  const rows = await tx.run(
    qb
      .updateTable('device_sessions')
      .set({ device_name: deviceName })
      .where('id', '=', id)
      .where('professional_id', '=', professionalId)
      .where('ended_at', 'is', null)
      .returning(columns),
  );
  return rows[0];
}
