import { ownersIn, type Scope } from '../../../shared/permissions.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { summaryJson } from './json-queries.ts';

interface Birthdays {
  readonly scope: Scope;
  /** YYYY-MM-DD */
  readonly from: string;
  readonly days: number;
  readonly limit: number;
}

/** Birthdays as JSON, separated by commas; null when there are none. */
export async function readBirthdays(tx: Transaction, { scope, from, days, limit }: Birthdays): Promise<string | null> {
  const owners = ownersIn(scope) ?? null;
  const clients = scope.whole ? null : (scope.clients ?? null);
  const rows = await tx.run(
    sql<{ items: string | null }>`
      select string_agg(
        '{"date":"' || found.day || '","client":' || ${summaryJson}::text || '}', ',' order by found.day, c.full_name, c.id
      ) as items
      from app.list_birthdays(${owners}::uuid[], ${clients}::uuid[], ${from}::date, ${days}, ${limit}) as found
      cross join lateral (
        select * from clients where clients.clinic_id = (select app.current_clinic()) and clients.id = found.id limit 1
      ) as c
      where ${inScope(scope, 'c.professional_id', 'c.id')}`,
  );
  return onlyRow(rows).items;
}
