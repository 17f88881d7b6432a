import type { Consent, ConsentPurpose, GuardianRelation } from '../../../shared/contracts/consents.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { personName } from '../../db/person-name.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface ConsentRow {
  readonly id: string;
  readonly client_id: string;
  readonly text_id: string;
  readonly purpose: ConsentPurpose;
  readonly series: string;
  readonly title: string;
  readonly version: number;
  readonly body: string;
  readonly decision: Consent['decision'];
  readonly given_by: Consent['by'];
  readonly guardian_name: string | null;
  readonly guardian_relation: GuardianRelation | null;
  readonly means: Consent['means'];
  /** YYYY-MM-DD */
  readonly given_on: string;
  readonly recorded_at: Date;
  readonly recorded_by: string;
  readonly recorded_by_name: string;
  readonly withdrawal: {
    readonly asked_by: Consent['by'];
    readonly guardian_name: string | null;
    readonly guardian_relation: GuardianRelation | null;
    readonly means: Consent['means'];
    readonly withdrawn_on: string;
    readonly recorded_at: string;
    readonly recorded_by: string;
    readonly recorded_by_name: string;
  } | null;
}

const selectConsents = sql<ConsentRow>`
  select c.id, c.client_id, c.text_id, t.purpose, t.series, t.title, t.version, t.body, c.decision, c.given_by, c.guardian_name,
    c.guardian_relation, c.means, c.given_on::text as given_on, c.recorded_at, c.recorded_by, ${personName('p')} as recorded_by_name,
    case when w.consent_id is not null then jsonb_build_object(
      'asked_by', w.asked_by, 'guardian_name', w.guardian_name, 'guardian_relation', w.guardian_relation, 'means', w.means,
      'withdrawn_on', w.withdrawn_on, 'recorded_at', w.recorded_at, 'recorded_by', w.recorded_by,
      'recorded_by_name', ${personName('wp')}
    ) end as withdrawal
  from consents c
  join consent_texts t on t.clinic_id = c.clinic_id and t.id = c.text_id
  join professionals p on p.clinic_id = c.clinic_id and p.id = c.recorded_by
  left join consent_withdrawals w on w.clinic_id = c.clinic_id and w.consent_id = c.id
  left join professionals wp on wp.clinic_id = w.clinic_id and wp.id = w.recorded_by`;

/** What was answered for a client and the records merged into it, the latest first: the first of a series is the one that counts. */
export const listConsentRows = (tx: Transaction, clientId: string): Promise<ConsentRow[]> =>
  tx.run(
    sql<ConsentRow>`${selectConsents}
      where c.clinic_id = app.current_clinic() and c.client_id = any (array(select app.records_of(${clientId})))
      order by c.given_on desc, c.id desc`,
  );

/** A consent of a client within the scope. */
export async function findConsent(tx: Transaction, id: string, scope: Scope): Promise<ConsentRow | undefined> {
  const rows = await tx.run(
    sql<ConsentRow>`${selectConsents}
      join clients cl on cl.clinic_id = c.clinic_id and cl.id = c.client_id
      where c.clinic_id = app.current_clinic() and c.id = ${id} and ${inScope(scope, 'cl.professional_id')}`,
  );
  return rows[0];
}

/** Those of the clients within the scope who want no messages. */
export const listRefusing = (
  tx: Transaction,
  clientIds: readonly string[],
  scope: Scope,
): Promise<{ readonly id: string }[]> =>
  tx.run(
    sql<{ id: string }>`
      select c.id from clients c
      where c.clinic_id = app.current_clinic() and c.id = any (${clientIds}::uuid[]) and ${inScope(scope, 'c.professional_id')}
        and app.refuses_messages(c.id)
      order by c.id`,
  );

interface Giver {
  readonly by: string;
  readonly guardian: { readonly name: string; readonly relation: string } | undefined;
  readonly means: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly recordedBy: string;
}

interface NewConsent extends Giver {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly textId: string;
  readonly decision: string;
}

export const insertConsent = (tx: Transaction, row: NewConsent): Promise<unknown> =>
  tx.run(
    qb.insertInto('consents').values({
      ...{ clinic_id: row.clinicId, id: row.id, client_id: row.clientId, text_id: row.textId, decision: row.decision },
      ...{ given_by: row.by, guardian_name: row.guardian?.name ?? null },
      ...{ guardian_relation: row.guardian?.relation ?? null, means: row.means, given_on: row.day },
      recorded_by: row.recordedBy,
    }),
  );

/** @returns whether it was not withdrawn before */
export async function insertWithdrawal(
  tx: Transaction,
  row: Giver & { readonly clinicId: string; readonly consentId: string },
): Promise<boolean> {
  const rows = await tx.run(
    qb
      .insertInto('consent_withdrawals')
      .values({
        ...{ clinic_id: row.clinicId, consent_id: row.consentId, asked_by: row.by },
        ...{ guardian_name: row.guardian?.name ?? null, guardian_relation: row.guardian?.relation ?? null },
        ...{ means: row.means, withdrawn_on: row.day, recorded_by: row.recordedBy },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('consent_id'),
  );
  return rows.length > 0;
}

/** When the latest answer or withdrawal of the clients was recorded. */
export async function countRecordings(
  tx: Transaction,
  clinicId: string,
  clientIds: readonly string[],
): Promise<{ readonly entries: number; readonly latest: Date | null }> {
  const rows = await tx.run(
    sql<{ entries: number; latest: Date | null }>`
      select (count(c.id) + count(w.consent_id))::integer as entries, max(greatest(c.recorded_at, w.recorded_at)) as latest
      from consents c
      left join consent_withdrawals w on w.clinic_id = c.clinic_id and w.consent_id = c.id
      where c.clinic_id = ${clinicId} and c.client_id = any (${clientIds}::uuid[])`,
  );
  return onlyRow(rows);
}

/** Empties the names of guardians. The clinic is the transaction's. */
export const anonymizeConsents = (tx: Transaction, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(sql`select app.anonymize_consents(${clientIds}::uuid[])`);
