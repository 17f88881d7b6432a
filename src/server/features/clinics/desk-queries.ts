import type { UpdateObject } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import { listClinicTables } from '../../db/table-catalogue.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface ClinicFigures {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly suspendedAt: Date | null;
  readonly exportedAt: Date | null;
  readonly deletionDueAt: Date | null;
  readonly maxClients: number | null;
  readonly maxPeople: number | null;
  readonly clients: number;
  readonly archivedClients: number;
  readonly people: number;
  readonly appointments: number;
  readonly comingAppointments: number;
  /** When somebody of the clinic last did anything. */
  readonly lastActivityAt: Date | null;
}

/** Figures of all clinics ordered by name, or of one. */
export const listFigures = (tx: Transaction, clinicId?: string): Promise<ClinicFigures[]> =>
  tx.run(
    sql<ClinicFigures>`
      select c.id, c.name, c.created_at as "createdAt", c.suspended_at as "suspendedAt", c.exported_at as "exportedAt",
        c.deletion_due_at as "deletionDueAt", c.max_clients as "maxClients", c.max_people as "maxPeople",
        (select count(*)::int from clients x where x.clinic_id = c.id and x.archived_at is null) as clients,
        (select count(*)::int from clients x where x.clinic_id = c.id and x.archived_at is not null) as "archivedClients",
        (select count(*)::int from professionals x
          where x.clinic_id = c.id and x.deactivated_at is null and not x.is_superuser) as people,
        (select count(*)::int from appointments x where x.clinic_id = c.id and x.deleted_at is null) as appointments,
        (select count(*)::int from appointments x
          where x.clinic_id = c.id and x.deleted_at is null and x.start_at > now()) as "comingAppointments",
        (select e.at from audit_events e where e.clinic_id = c.id and e.actor_id is not null
          order by e.at desc limit 1) as "lastActivityAt"
      from clinics c where ${clinicId ?? null}::uuid is null or c.id = ${clinicId ?? null}::uuid
      order by lower(c.name), c.id`,
  );

export interface TableSize {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Rows and bytes of a clinic in each table that has any, indexes left out. Reads everything. */
export async function measureTables(tx: Transaction, clinicId: string): Promise<TableSize[]> {
  const sizes: TableSize[] = [];
  for (const { name, key } of await listClinicTables(tx)) {
    const [size] = await tx.run(
      sql<Omit<TableSize, 'table'>>`
        select count(*)::int as rows, coalesce(sum(pg_column_size(t.*)), 0)::float8 as bytes
        from ${sql.table(name)} t where ${sql.ref(key)} = ${clinicId}`,
    );
    if (size !== undefined && size.rows > 0) sizes.push({ table: name, ...size });
  }
  return sizes;
}

const standing = [
  'id',
  'name',
  'suspended_at',
  'exported_at',
  'exported_archive',
  'deletion_due_at',
  'max_clients',
  'max_people',
] as const;

/** How a clinic stands at the host's desk. Locks it until the transaction ends. */
export async function lockStanding(tx: Transaction, id: string) {
  const [row] = await tx.run(qb.selectFrom('clinics').select(standing).where('id', '=', id).forUpdate());
  return row;
}

export const now = sql<Date>`now()`;

/** What a change of the clinic's own settings writes as well. */
export const changedNow = { version: sql<number>`version + 1`, updated_at: now };

/** Writes what the host decides. */
export const updateStanding = (tx: Transaction, id: string, values: UpdateObject<DB, 'clinics'>): Promise<unknown> =>
  tx.run(qb.updateTable('clinics').set(values).where('id', '=', id));

/** A clinic that has just been imported: the other installation's decisions about it do not hold here. */
export const clearStanding = (tx: Transaction, id: string): Promise<unknown> =>
  updateStanding(tx, id, {
    suspended_at: now,
    exported_at: null,
    exported_archive: null,
    deletion_due_at: null,
    max_clients: null,
    max_people: null,
    // Reminders whose moment was before are not sent (reminders/reminder-queries.ts).
    updated_at: now,
  });

export interface HostEvent {
  readonly at: Date;
  readonly action: string;
  readonly clinicId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Notes what the host did to a whole clinic. */
export const insertHostEvent = (
  tx: Transaction,
  event: { readonly action: string; readonly clinicId: string; readonly details?: Readonly<Record<string, unknown>> },
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('host_events')
      .values({ action: event.action, subject_id: event.clinicId, details: JSON.stringify(event.details ?? {}) }),
  );

/** What the host did to clinics, oldest first. */
export const listHostEvents = (tx: Transaction): Promise<HostEvent[]> =>
  tx.run(sql<HostEvent>`select at, action, subject_id as "clinicId", details from host_events order by at, id`);
