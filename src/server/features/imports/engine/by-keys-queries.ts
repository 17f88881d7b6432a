import { crowd } from '../matching/bearers.ts';
import { clientColumns } from './client-columns.ts';

const fromClients = {
  columns: `${clientColumns.map((column) => `c.${column}`).join(', ')},
    c.import_id = $1 and c.version = 1 as created, '[]'::jsonb as changes, 0 as changed_rows, 0 as line`,
  table: 'clients c',
  active: 'c.clinic_id = $2 and c.archived_at is null and',
  // Outside the look-up: within it, the planner would choose another plan.
  isStale: 'exists (select from import_changes u where u.id = found.id)',
};
/** Clients as this import has changed them so far; in a dry run also those that it would create. */
const fromChanges = {
  columns: `${clientColumns.map((column) => `c.${column}`).join(', ')}, c.created, c.changes, c.changed_rows, c.line`,
  table: 'import_changes c',
  active: '',
  isStale: 'false',
};
type Source = typeof fromClients;

/** The clinic is $2 and the import $1; of $3 alone are clients found by document and phone, of $4 by e-mail and name. */
const ofTaken = '($3::uuid is null or c.professional_id = $3)';
const ofOwn = '($4::uuid is null or c.professional_id = $4)';

/** One more than is compared, which tells that there are many. */
const some = `limit ${String(crowd + 1)}`;

const lookUp = ({ columns, table, active, isStale }: Source, keys: string, condition: string, kind: string): string =>
  `select found.*, ${kind} as key, ${isStale} as stale from ${keys}
    cross join lateral (select ${columns} from ${table} where ${active} ${condition} ${some}) as found`;

const bare = 'c.document is null and c.phone is null and c.email is null';
const bareKeys = 'unnest($8::text[], $9::date[]) as k (name, birth)';

const byKeys = (source: Source): string[] => [
  `select found.*, null as key, ${source.isStale} as stale from (
    select ${source.columns} from ${source.table}
    where ${source.active} c.document = any ($5::text[]) and ${ofTaken} offset 0
  ) as found`,
  lookUp(source, 'unnest($6::text[]) as k (key)', `c.phone = k.key and not c.phone_shared and ${ofTaken}`, 'k.key'),
  lookUp(source, 'unnest($6::text[]) as k (key)', `c.phone = k.key and c.phone_shared and ${ofTaken}`, 'k.key'),
  lookUp(source, 'unnest($7::text[]) as k (key)', `lower(c.email) = k.key and ${ofOwn}`, 'k.key'),
  lookUp(source, bareKeys, `c.full_name = k.name and c.date_of_birth = k.birth and ${bare} and ${ofOwn}`, 'null'),
  lookUp(
    source,
    `(select name from ${bareKeys} where birth is null) as k`,
    `c.full_name = k.name and c.date_of_birth is null and ${bare} and ${ofOwn}`,
    'null',
  ),
];

/**
 * Active clients that have one of the documents $5, phones $6, e-mails $7 or bare names and births $8 and $9, as the import
 * has left them; of those who share a phone or an e-mail, some. A client may come more than once, and \`stale\` if the import
 * has changed it.
 */
export const selectByKeys = [...byKeys(fromClients), ...byKeys(fromChanges)].join('\nunion all\n');

// A birth is compared as a range, so that one index serves whether it is known or not.
const thatDay = `c.date_of_birth between coalesce(k.birth, '-infinity') and coalesce(k.birth, 'infinity')`;

const byNames = (source: Source): string[] =>
  [thatDay, 'c.date_of_birth is null'].flatMap((birth) => [
    lookUp(
      source,
      'unnest($5::text[], $6::text[], $7::date[]) as k (key, name, birth)',
      `c.phone = k.key and c.phone_shared and c.full_name = k.name and ${birth} and ${ofTaken}`,
      'k.key',
    ),
    lookUp(
      source,
      'unnest($8::text[], $9::text[], $10::date[]) as k (key, name, birth)',
      `lower(c.email) = k.key and c.full_name = k.name and ${birth} and ${ofOwn}`,
      'k.key',
    ),
  ]);

/** Of the many who share one of the phones $5 or e-mails $8, those with the names $6 or $9 who may be born on $7 or $10. */
export const selectByNames = [...byNames(fromClients), ...byNames(fromChanges)].join('\nunion all\n');
