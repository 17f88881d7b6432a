import { fieldColumns, listedFields } from '../../../shared/client-fields.ts';
import type { DuplicateReason } from '../../../shared/contracts/duplicates.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

/** A phone or e-mail of more clients than this is a placeholder and identifies nobody. */
const mostSharers = 20;
/** The same for a date of birth, within which names are compared. */
const mostBornThatDay = 100;

const accented = 'ÁÀÂÃÄáàâãäÉÈÊéèêÍÎíîÓÔÕÖóôõöÚÜúüÇç';
const plain = 'AAAAAAAAAAEEEEEEIIIIOOOOOOOOUUUUCC';

// A first check without folding, which is slow: unfolded, every accent adds an edit, so it allows more of them.
const haveSimilarNames = sql`case
  when abs(length(a.full_name) - length(b.full_name)) <= 2 and length(a.full_name) + length(b.full_name) < 250
    and app.letters_apart(lower(a.full_name), lower(b.full_name), 6) <= 6
    and app.letters_apart(app.fold(a.full_name), app.fold(b.full_name), 2)
      <= case when length(a.full_name) < 12 then 1 else 2 end
  then true
  else split_part(a.full_name, ' ', 1) = split_part(b.full_name, ' ', 1) collate app.loose
    and split_part(a.full_name, ' ', -1) = split_part(b.full_name, ' ', -1) collate app.loose
end`;

/** Columns that compare clients `a` and `b`. */
const comparison = sql`
  a.id as first_id, b.id as second_id,
  coalesce(a.document = b.document or a.rg = b.rg, false) as same_document,
  coalesce(a.document <> b.document, false) as other_document,
  a.full_name = b.full_name collate app.loose as same_name,
  ${haveSimilarNames} as similar_name,
  coalesce(a.date_of_birth = b.date_of_birth, false) as same_birth,
  coalesce(a.date_of_birth <> b.date_of_birth, false) as other_birth,
  coalesce(a.phone = b.phone, false) as same_phone,
  coalesce(a.email = b.email, false) as same_email`;

/**
 * Pairs with a score that have in common: a phone, or an e-mail, or a date of birth with a similar name. Reads the clinic's
 * clients once and joins them by hash, without an index. Documents need no comparison, because two active clients never have
 * the same. A typing error in the first letter of a name is not found.
 */
const pairs = (scope: Scope) => sql`(
  with people as materialized (
    select id, phone, phone_shared, lower(email) as email, document, date_of_birth, full_name,
      translate(upper(left(full_name, 1) collate "C"), ${sql.lit(accented)}, ${sql.lit(plain)}) as initial,
      -- Each state punctuates it differently.
      case when rg is not null then nullif(translate(upper(rg), '.-/ ', ''), '') end as rg
    from clients
    where archived_at is null and ${inScope(scope)}
  ),
  compared as (
    select ${comparison}
    from (select phone from people where phone_shared group by phone having count(*) < ${sql.lit(mostSharers)}) as shared
    join people as a on a.phone = shared.phone
    join people as b on b.phone = shared.phone and a.id < b.id
    union
    select ${comparison}
    from (
      select email from people where email is not null group by email having count(*) between 2 and ${sql.lit(mostSharers)}
    ) as shared
    join people as a on a.email = shared.email
    join people as b on b.email = shared.email and a.id < b.id
    union
    select * from (
      select ${comparison}
      from (
        select date_of_birth from people where date_of_birth is not null
        group by 1 having count(*) between 2 and ${sql.lit(mostBornThatDay)}
      ) as shared
      join people as a on a.date_of_birth = shared.date_of_birth
      join people as b on b.date_of_birth = shared.date_of_birth
        and b.initial = a.initial and a.id < b.id
      -- Keeps the planner from computing each comparison twice.
      offset 0
    ) as born_that_day
    where same_name or similar_name
  )
  select first_id, second_id,
    array_remove(array[
      case when same_document then 'document' end,
      case when same_name then 'name' when similar_name then 'similarName' end,
      case when same_birth then 'birthDate' end,
      case when same_phone then 'phone' end,
      case when same_email then 'email' end
    ], null) as reasons,
    case when same_document then 60 else 0 end
      + case when same_name then 40 when similar_name then 25 else 0 end
      + case when same_birth then 35 when other_birth then -30 else 0 end
      + case when same_phone then 30 else 0 end + case when same_email then 30 else 0 end
      - case when other_document then 70 else 0 end as score
  from compared
  where not exists (
    select from duplicate_dismissals as d where d.first_id = compared.first_id and d.second_id = compared.second_id
  )
)`;

export interface PairsRequest {
  /** Both records have to be within it. */
  readonly scope: Scope;
  readonly after: { readonly score: number; readonly firstId: string; readonly secondId: string } | undefined;
  readonly limit: number;
}

interface PairRow {
  readonly first_id: string;
  readonly second_id: string;
  readonly reasons: DuplicateReason[];
  readonly score: number;
  readonly total: number;
  readonly position: string;
}

/** A page of likely duplicates, the most certain first. Each pair has two rows, one per client, the older client first. */
export const listPairs = (tx: Transaction, { scope, after, limit }: PairsRequest) =>
  tx.run(
    qb
      .selectFrom(
        sql<PairRow>`(
          select *, row_number() over (order by score desc, first_id, second_id) as position
          from (
            select first_id, second_id, reasons, score, (count(*) over ())::integer as total
            from ${pairs(scope)} as scored
            -- Not positive: different documents and names, or only a phone in common and different birth dates.
            where score > 0
          ) as counted
          where ${
            after === undefined
              ? sql`true`
              : sql`(-score, first_id, second_id) > (${-after.score}, ${after.firstId}::uuid, ${after.secondId}::uuid)`
          }
          order by position limit ${limit}
        )`.as<'page'>(sql`page`),
      )
      .innerJoin('clients as c', (join) =>
        join.on((eb) => eb.or([eb('c.id', '=', eb.ref('page.first_id')), eb('c.id', '=', eb.ref('page.second_id'))])),
      )
      .select(['page.first_id', 'page.second_id', 'page.reasons', 'page.score', 'page.total'])
      .select(['c.id', 'c.full_name', 'c.created_at', 'c.updated_at', 'c.archived_at'])
      .select(listedFields.map((field) => `c.${fieldColumns[field]}` as const))
      .orderBy('page.position')
      .orderBy('c.id'),
  );

export type PairClientRow = Awaited<ReturnType<typeof listPairs>>[number];
