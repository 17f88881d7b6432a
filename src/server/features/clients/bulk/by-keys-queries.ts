import { columnsOfClient } from './client-columns.ts';
import { crowd } from './known-client.ts';
import { namedParameters } from './named-parameters.ts';

/** `takenOf`, `ownOf`: professional whose clients are found by document and phone / by e-mail and name; null for all. */
const scope = ['importId', 'clinicId', 'takenOf', 'ownOf'] as const;
/** Parameters of `selectByKeys`: lists of keys. `names` and `births` belong together by position. */
export const byKeys = namedParameters(...scope, 'documents', 'phones', 'emails', 'names', 'births');
/** Parameters of `selectByNames`: name and birth of those who share a phone, and of those who share an e-mail. */
export const byNames = namedParameters(
  ...scope,
  'phones',
  'phoneNames',
  'phoneBirths',
  'emails',
  'emailNames',
  'emailBirths',
);
/** The scope's parameters have the same numbers in both statements. */
const $ = namedParameters(...scope).at;

const fromClients = {
  columns: `${columnsOfClient}, c.import_id = ${$('importId')} and c.version = 1 as created,
    '[]'::jsonb as changes, 0 as changed_rows, 0 as line`,
  table: 'clients c',
  active: `c.clinic_id = ${$('clinicId')} and c.archived_at is null and`,
  // Not within the look-up, where it would make the planner choose a worse plan.
  isStale: 'exists (select from import_changes u where u.id = found.id)',
};
/** Clients as this import has changed them so far; in a dry run also those it would create. */
const fromChanges = {
  columns: `${columnsOfClient}, c.created, c.changes, c.changed_rows, c.line`,
  table: 'import_changes c',
  active: '',
  isStale: 'false',
};
type Source = typeof fromClients;

const isTaken = `(${$('takenOf')}::uuid is null or c.professional_id = ${$('takenOf')})`;
const isOwn = `(${$('ownOf')}::uuid is null or c.professional_id = ${$('ownOf')})`;

/** One more than are compared, to notice when there are more. */
const some = `limit ${String(crowd + 1)}`;

const lookUp = ({ columns, table, active, isStale }: Source, keys: string, condition: string, kind: string): string =>
  `select found.*, ${kind} as key, ${isStale} as stale from ${keys}
    cross join lateral (select ${columns} from ${table} where ${active} ${condition} ${some}) as found`;

const bare = 'c.document is null and c.phone is null and c.email is null';

function keyLookUps(source: Source): string[] {
  const phones = `unnest(${byKeys.at('phones')}::text[]) as k (key)`;
  const emails = `unnest(${byKeys.at('emails')}::text[]) as k (key)`;
  const names = `unnest(${byKeys.at('names')}::text[], ${byKeys.at('births')}::date[]) as k (name, birth)`;
  return [
    `select found.*, null as key, ${source.isStale} as stale from (
      select ${source.columns} from ${source.table}
      where ${source.active} c.document = any (${byKeys.at('documents')}::text[]) and ${isTaken} offset 0
    ) as found`,
    lookUp(source, phones, `c.phone = k.key and not c.phone_shared and ${isTaken}`, 'k.key'),
    lookUp(source, phones, `c.phone = k.key and c.phone_shared and ${isTaken}`, 'k.key'),
    lookUp(source, emails, `lower(c.email) = k.key and ${isOwn}`, 'k.key'),
    lookUp(source, names, `c.full_name = k.name and c.date_of_birth = k.birth and ${bare} and ${isOwn}`, 'null'),
    lookUp(
      source,
      `(select name from ${names} where birth is null) as k`,
      `c.full_name = k.name and c.date_of_birth is null and ${bare} and ${isOwn}`,
      'null',
    ),
  ];
}

/**
 * Selects active clients that have one of the keys, including the import's changes; at most crowd + 1 per phone or e-mail. A
 * client may appear more than once. A row is `stale` when the import has changed the client: ignore it.
 */
export const selectByKeys = [...keyLookUps(fromClients), ...keyLookUps(fromChanges)].join('\nunion all\n');

// The birth date is compared as a range, so that one index works whether it is known or not.
const thatDay = `c.date_of_birth between coalesce(k.birth, '-infinity') and coalesce(k.birth, 'infinity')`;

function nameLookUps(source: Source): string[] {
  const list = (keys: string, names: string, births: string): string =>
    `unnest(${keys}::text[], ${names}::text[], ${births}::date[]) as k (key, name, birth)`;
  const byPhone = list(byNames.at('phones'), byNames.at('phoneNames'), byNames.at('phoneBirths'));
  const byEmail = list(byNames.at('emails'), byNames.at('emailNames'), byNames.at('emailBirths'));
  const named = 'c.full_name = k.name';
  return [thatDay, 'c.date_of_birth is null'].flatMap((birth) => [
    lookUp(source, byPhone, `c.phone = k.key and c.phone_shared and ${named} and ${birth} and ${isTaken}`, 'k.key'),
    lookUp(source, byEmail, `lower(c.email) = k.key and ${named} and ${birth} and ${isOwn}`, 'k.key'),
  ]);
}

/** Selects, among many clients who share a phone or e-mail, those with a given name whose birth date may be the given one. */
export const selectByNames = [...nameLookUps(fromClients), ...nameLookUps(fromChanges)].join('\nunion all\n');
