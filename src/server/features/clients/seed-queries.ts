import { fieldColumns, textFields } from '../../../shared/client-fields.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** A client as a row of its table. */
export interface SeededClient {
  readonly [column: string]: unknown;
  readonly clinic_id: string;
  readonly id: string;
  readonly professional_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly archived_at: string | null;
}

const columns = sql.raw(
  [
    ...['clinic_id', 'id', 'professional_id', 'created_at', 'updated_at', 'archived_at'],
    ...textFields.map((field) => fieldColumns[field]),
    'extra',
  ].join(', '),
);

/** Inserts all clients in one statement. */
export const insertClients = (tx: Transaction, clients: readonly SeededClient[]): Promise<unknown> =>
  tx.run(
    sql`insert into clients (${columns}, tags, phone_shared)
      select ${columns}, coalesce(tags, '{}'), coalesce(phone_shared, false)
      from jsonb_populate_recordset(null::clients, ${JSON.stringify(clients)}::jsonb)`,
  );

/** Writes the first version of all clients of a clinic, in the name of their professional. */
export const insertFirstVersions = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    sql`insert into client_versions (clinic_id, client_id, version, at, professional_id, action, changes)
      select clinic_id, id, version, created_at, professional_id, 'create', '[]'
      from clients where clinic_id = ${clinicId}::uuid`,
  );
