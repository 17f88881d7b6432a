import type { Insertable } from 'kysely';
import type { PolicyKind } from '../../../shared/contracts/policies.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface SettingsRow {
  readonly clinic_id: string;
  /** 0 as long as nobody has written any. */
  readonly version: number;
  readonly public_name: string | null;
  readonly controller_name: string | null;
  readonly controller_document: string | null;
  readonly controller_address: string | null;
  readonly officer_name: string | null;
  readonly officer_email: string | null;
  readonly officer_phone: string | null;
  readonly small_agent: boolean;
}

const settingsColumns = sql`k.id as clinic_id, coalesce(s.version, 0) as version, s.public_name, s.controller_name, s.controller_document,
  s.controller_address, s.officer_name, s.officer_email, s.officer_phone, coalesce(s.small_agent, false) as small_agent`;

/** The settings of the transaction's clinic. */
export async function findSettings(tx: Transaction): Promise<SettingsRow> {
  const rows = await tx.run(
    sql<SettingsRow>`select ${settingsColumns} from clinics k left join privacy_settings s on s.clinic_id = k.id
      where k.id = app.current_clinic()`,
  );
  return onlyRow(rows);
}

/** Locks the clinic, so that two changes follow one another. */
export const lockSettings = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended('policies ' || ${clinicId}, 0))`);

/** Writes columns and increases the version. */
export const writeSettings = (
  tx: Transaction,
  clinicId: string,
  values: Omit<Insertable<DB['privacy_settings']>, 'clinic_id'>,
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('privacy_settings')
      .values({ ...values, clinic_id: clinicId })
      .onConflict((conflict) =>
        conflict.column('clinic_id').doUpdateSet((eb) => ({
          ...values,
          version: eb('privacy_settings.version', '+', 1),
          updated_at: sql`now()`,
        })),
      ),
  );

export interface PolicyRow {
  readonly id: string;
  readonly kind: PolicyKind;
  readonly version: number;
  readonly body: string;
  readonly published_at: Date;
  readonly is_latest: boolean;
}

/** All versions of the notice and the terms, the newest first. */
export const listPolicyRows = (tx: Transaction): Promise<PolicyRow[]> =>
  tx.run(
    sql<PolicyRow>`select id, kind, version, body, published_at, version = max(version) over (partition by kind) as is_latest
      from policy_versions where clinic_id = app.current_clinic() order by id desc`,
  );

export const insertPolicy = (tx: Transaction, row: Insertable<DB['policy_versions']>): Promise<unknown> =>
  tx.run(qb.insertInto('policy_versions').values(row));

export interface PublicRow extends SettingsRow {
  readonly clinic_name: string;
  readonly time_zone: string;
  readonly published:
    | readonly {
        readonly kind: PolicyKind;
        readonly version: number;
        readonly body: string;
        readonly published_at: string;
      }[]
    | null;
}

const selectPublic = (condition: ReturnType<typeof sql>) => sql<PublicRow>`
  select ${settingsColumns}, k.name as clinic_name, k.time_zone, (
    select jsonb_agg(jsonb_build_object('kind', kind, 'version', version, 'body', body, 'published_at', published_at))
    from (
      select distinct on (kind) * from policy_versions where clinic_id = k.id order by kind, version desc
    ) as latest
  ) as published
  from clinics k left join privacy_settings s on s.clinic_id = k.id
  where ${condition} and exists (select from policy_versions p where p.clinic_id = k.id)`;

/** A clinic that has published something, by its public name or its id. For a system transaction. */
export async function findPublic(tx: Transaction, clinic: string): Promise<PublicRow | undefined> {
  return (await tx.run(selectPublic(sql`(s.public_name = ${clinic} or k.id::text = ${clinic})`)))[0];
}

/** The clinic of the host, if there is just one. For a system transaction. */
export async function findOnlyPublic(tx: Transaction): Promise<PublicRow | undefined> {
  return (await tx.run(selectPublic(sql`(select count(*) from clinics) = 1`)))[0];
}
