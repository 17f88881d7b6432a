import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Adds the tags that the clinic does not have; of two spellings of one tag, the first. */
export const addMissingTags = (tx: Transaction, clinicId: string, written: readonly string[]): Promise<unknown> =>
  tx.run(
    sql`
      insert into clinic_tags (clinic_id, key, name)
      select distinct on (1, 2) ${clinicId}::uuid, app.tag_key(written), app.tidy_tag(written)
      from unnest(${written}::text[]) with ordinality as u (written, place)
      where not exists (select from clinic_tags t where t.clinic_id = ${clinicId} and t.key = app.tag_key(written))
      order by 1, 2, place
      on conflict (clinic_id, key) do nothing`,
  );

/** The clinic's spelling of each, locked against renaming until the transaction ends. */
export const selectSpellings = (tx: Transaction, clinicId: string, written: readonly string[]) =>
  tx.run(
    sql<{ written: string; name: string }>`
      select u.written, t.name from clinic_tags t
      join unnest(${written}::text[]) as u (written) on t.key = app.tag_key(u.written)
      where t.clinic_id = ${clinicId} for share of t`,
  );
