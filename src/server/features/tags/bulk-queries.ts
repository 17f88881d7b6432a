import type pg from 'pg';

interface Spelling {
  readonly written: string;
  readonly key: string;
  /** `app.tidy_tag(written)`. */
  readonly tidy: string;
}

export async function readKeys(client: pg.ClientBase, written: readonly string[]): Promise<Spelling[]> {
  const { rows } = await client.query<Spelling>(
    `select written, app.tag_key(written) as key, app.tidy_tag(written) as tidy
    from unnest($1::text[]) with ordinality as u (written, place) order by place`,
    [written],
  );
  return rows;
}

/** Adds the tags that the clinic does not have; of two spellings of one tag, the first. */
export const insertSpellings = (
  client: pg.ClientBase,
  clinicId: string,
  spellings: readonly Spelling[],
): Promise<unknown> =>
  client.query(
    `insert into clinic_tags (clinic_id, key, name)
    select distinct on (key) $1::uuid, key, tidy
    from unnest($2::text[], $3::text[]) with ordinality as u (key, tidy, place)
    where not exists (select from clinic_tags t where t.clinic_id = $1 and t.key = u.key)
    order by key, place
    on conflict (clinic_id, key) do nothing`,
    [clinicId, spellings.map(({ key }) => key), spellings.map(({ tidy }) => tidy)],
  );

/** The clinic's spelling of each key, locked against renaming until the transaction ends. */
export async function readNames(
  client: pg.ClientBase,
  clinicId: string,
  keys: readonly string[],
): Promise<{ key: string; name: string }[]> {
  const { rows } = await client.query<{ key: string; name: string }>(
    'select key, name from clinic_tags where clinic_id = $1 and key = any ($2::text[]) for share',
    [clinicId, keys],
  );
  return rows;
}
