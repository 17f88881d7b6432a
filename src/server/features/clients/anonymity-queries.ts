import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/**
 * Whether a row of `clients` is of somebody anonymous. Such a row is archived and has neither phone nor document, so that few rows
 * have to be looked up.
 */
export const isAnonymousRow = (table: 'clients' | 'c') => {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql<boolean>`(${column('archived_at')} is not null and ${column('phone')} is null and ${column('document')} is null and exists (
    select from client_anonymizations a
    where a.clinic_id = ${column('clinic_id')} and a.done_at is not null and ${column('id')} = any (a.client_ids)
  ))`;
};

/** What was done to make a client anonymous; empty for everybody else. */
export const listAnonymizations = (
  tx: Transaction,
  clinicId: string,
  clientId: string,
): Promise<{ readonly id: string }[]> =>
  tx.run(
    sql<{ id: string }>`select id from client_anonymizations
      where clinic_id = ${clinicId} and done_at is not null and ${clientId} = any (client_ids)`,
  );
