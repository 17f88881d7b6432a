import { sql } from 'kysely';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
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
  const owner = scope.whole ? null : scope.professionalId;
  const rows = await tx.run(
    sql<{ items: string | null }>`
      select string_agg(
        '{"date":"' || found.day || '","client":' || ${summaryJson}::text || '}', ',' order by found.day, c.full_name, c.id
      ) as items
      from app.list_birthdays(${owner}::uuid, ${from}::date, ${days}, ${limit}) as found
      cross join lateral (
        select * from clients where clients.clinic_id = (select app.current_clinic()) and clients.id = found.id limit 1
      ) as c`.compile(qb),
  );
  return onlyRow(rows).items;
}
