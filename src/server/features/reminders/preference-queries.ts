import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface PreferenceRow {
  readonly email: boolean;
  /** Consent to messages was refused or withdrawn. */
  readonly refuses_messages: boolean;
  /** 0 as long as nobody has chosen. */
  readonly version: number;
}

/**
 * What a client in the scope wants. Of records merged into one another the latest choice counts, so that a merge forgets no
 * refusal and undoing it needs nothing.
 */
export async function findPreference(
  tx: Transaction,
  clientId: string,
  scope: Scope,
): Promise<PreferenceRow | undefined> {
  const rows = await tx.run(
    sql<PreferenceRow>`
      select coalesce((array_agg(p.email order by p.updated_at desc) filter (where p.client_id is not null))[1], true) as email,
        coalesce(sum(p.version), 0)::int as version, app.refuses_messages(c.id) as refuses_messages
      from clients c left join reminder_preferences p on p.client_id in (select app.records_of(c.id))
      where c.id = ${clientId} and ${inScope(scope, 'c.professional_id')}
      group by c.id`,
  );
  return rows[0];
}

/** What was chosen for a client and the records merged into it, the latest first. */
export const listChoices = (tx: Transaction, clientId: string): Promise<{ email: boolean }[]> =>
  tx.run(
    qb
      .selectFrom('reminder_preferences')
      .select('email')
      .where('client_id', 'in', sql<string>`(select app.records_of(${clientId}))`)
      .orderBy('updated_at', 'desc'),
  );

/** Locks the client, so that two choices follow one another. */
export const lockChooser = (tx: Transaction, clientId: string): Promise<unknown> =>
  tx.run(qb.selectFrom('clients').select('id').where('id', '=', clientId).forNoKeyUpdate());

interface Preference {
  readonly clinicId: string;
  readonly clientId: string;
  readonly professionalId: string;
  readonly email: boolean;
}

export const writePreference = (tx: Transaction, choice: Preference): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('reminder_preferences')
      .values({
        clinic_id: choice.clinicId,
        client_id: choice.clientId,
        email: choice.email,
        updated_by: choice.professionalId,
      })
      .onConflict((conflict) =>
        conflict.columns(['clinic_id', 'client_id']).doUpdateSet((eb) => ({
          email: choice.email,
          updated_by: choice.professionalId,
          updated_at: sql`now()`,
          version: eb('reminder_preferences.version', '+', 1),
        })),
      ),
  );
