import type { TagColor, TagIcon, TagInput } from '../../../shared/contracts/tags.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface TagRow {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly icon: string;
  readonly warns: boolean;
  /** How many clients of the scope have it, archived ones too. */
  readonly clients: number;
}

const columns = sql`t.id, t.version, t.key, t.name, t.color, t.icon, t.warns`;

/** How many clients of a scope have each tag, by its facet, from the kept counts. */
const kept = (scope: Scope) => sql`
  select facet, sum(clients)::int as clients from (
    select facet, clients from client_counts
      where clinic_id = app.current_clinic() and facet >= 'tag:' and facet < 'tag;' and ${inScope(scope, 'professional_id', null)}
    union all
    select facet, change from client_count_changes
      where clinic_id = app.current_clinic() and facet >= 'tag:' and facet < 'tag;' and ${inScope(scope, 'professional_id', null)}
  ) as counted group by facet`;

/** The clinic's tags, those that warn first, then by name; at most `limit`. */
export const listTagRows = (tx: Transaction, scope: Scope, limit: number): Promise<TagRow[]> =>
  tx.run(
    sql<TagRow>`
      with kept as (${kept(scope)})
      select ${columns}, coalesce(kept.clients, 0) as clients
      from clinic_tags t left join kept on kept.facet = 'tag:' || t.name
      where t.clinic_id = app.current_clinic()
      order by t.warns desc, t.key, t.id limit ${limit}`,
  );

export async function countTags(tx: Transaction): Promise<number> {
  const rows = await tx.run(
    sql<{
      count: number;
    }>`select count(*)::int as count from clinic_tags where clinic_id = app.current_clinic()`,
  );
  return rows[0]?.count ?? 0;
}

/** One tag with its number of clients. */
export async function findTag(tx: Transaction, id: string, scope: Scope): Promise<TagRow | undefined> {
  const rows = await tx.run(
    sql<TagRow>`
      with kept as (${kept(scope)})
      select ${columns}, coalesce(kept.clients, 0) as clients
      from clinic_tags t left join kept on kept.facet = 'tag:' || t.name
      where t.clinic_id = app.current_clinic() and t.id = ${id}`,
  );
  return rows[0];
}

/** Locks tags until the transaction ends, in the order of their ids: nobody can give them to a client meanwhile. */
export const lockTags = (tx: Transaction, ids: readonly string[]) =>
  tx.run(
    sql<Omit<TagRow, 'clients'>>`
      select ${columns} from clinic_tags t
      where t.clinic_id = app.current_clinic() and t.id = any (${ids}::uuid[]) order by t.id for update`,
  );

export type LockedTag = Awaited<ReturnType<typeof lockTags>>[number];

/** A name without needless spaces, and the tag that it is a spelling of, if there is one. */
export async function readTagName(
  tx: Transaction,
  written: string,
): Promise<{ readonly tidy: string; readonly known: { id: string; name: string } | null }> {
  const rows = await tx.run(
    sql<{ tidy: string; known: { id: string; name: string } | null }>`
      select app.tidy_tag(${written}) as tidy, (
        select jsonb_build_object('id', id, 'name', name) from clinic_tags
        where clinic_id = app.current_clinic() and key = app.tag_key(${written})
      ) as known`,
  );
  return onlyRow(rows);
}

/** Adds a tag unless the clinic has it. @returns whether it was added */
export async function insertTag(
  tx: Transaction,
  { id, clinicId, name, color, icon, warns }: TagInput & { readonly id: string; readonly clinicId: string },
): Promise<boolean> {
  const rows = await tx.run(
    sql<{ id: string }>`
      insert into clinic_tags (id, clinic_id, key, name, color, icon, warns)
      values (${id}, ${clinicId}, app.tag_key(${name}), ${name}, ${color}, ${icon}, ${warns})
      on conflict (clinic_id, key) do nothing returning id`,
  );
  return rows.length > 0;
}

export const updateTag = (tx: Transaction, id: string, { name, color, icon, warns }: TagInput): Promise<unknown> =>
  tx.run(
    sql`
      update clinic_tags set key = app.tag_key(${name}), name = ${name}, color = ${color}, icon = ${icon}, warns = ${warns},
        version = version + 1, updated_at = now()
      where clinic_id = app.current_clinic() and id = ${id}`,
  );

export const removeTag = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(sql`delete from clinic_tags where clinic_id = app.current_clinic() and id = ${id}`);

export interface StandardTag {
  readonly name: string;
  readonly color: TagColor;
  readonly icon: TagIcon;
}

/** Adds tags that warn; those that the clinic has already get their look. */
export const insertStandardTags = (tx: Transaction, clinicId: string, tags: readonly StandardTag[]): Promise<unknown> =>
  tx.run(
    sql`
      insert into clinic_tags (clinic_id, key, name, color, icon, warns)
      select ${clinicId}::uuid, app.tag_key(name), name, color, icon, true
      from jsonb_to_recordset(${JSON.stringify(tags)}::jsonb) as standard (name text, color text, icon text)
      on conflict (clinic_id, key) do update set color = excluded.color, icon = excluded.icon, warns = true`,
  );

/** Adds the tags that clients have, each in the spelling that most of them have. */
export const insertUsedTags = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    sql`
      insert into clinic_tags (clinic_id, key, name)
      select ${clinicId}::uuid, app.tag_key(tag), (array_agg(tag order by clients desc, tag))[1]
      from (
        select app.tidy_tag(tag) as tag, count(*) as clients
        from clients c, unnest(c.tags) as tag where c.clinic_id = ${clinicId} group by 1
      ) as used
      group by 2 on conflict (clinic_id, key) do nothing`,
  );

/** Clinics that have none, of any clinic. */
export const listClinicsWithoutTags = (tx: Transaction) =>
  tx.run(
    sql<{ id: string }>`
      select id from clinics c where not exists (select from clinic_tags t where t.clinic_id = c.id)`,
  );
