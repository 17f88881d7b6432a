import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Standing } from '../../../shared/permissions.ts';
import { profileColumns } from './profile.ts';

const professionalColumns = [
  'p.id',
  'p.clinic_id',
  'p.version',
  'p.email',
  'p.first_name',
  'p.last_name',
  'p.role',
  'c.name as clinic_name',
  'c.time_zone as clinic_time_zone',
  ...profileColumns,
  sql<Standing>`app.standing_of(p.clinic_id, p.id, p.role, p.clinical_denied)`.as('standing'),
] as const;

const selectProfessional = () =>
  qb
    .selectFrom('professionals as p')
    .innerJoin('clinics as c', 'c.id', 'p.clinic_id')
    .select(professionalColumns)
    .select(sql<boolean>`c.suspended_at is not null`.as('is_suspended'))
    .select(sql<boolean>`p.is_superuser and not app.has_host_entry(p.clinic_id, p.id)`.as('lacks_entry'));

export type ProfessionalRow = Awaited<ReturnType<ReturnType<typeof selectProfessional>['executeTakeFirstOrThrow']>>;

/** Finds an active professional by e-mail address, ignoring case. */
export async function findProfessionalByEmail(tx: Transaction, email: string): Promise<ProfessionalRow | undefined> {
  const rows = await tx.run(
    selectProfessional()
      .where(sql`lower(p.email)`, '=', sql`lower(${email})`)
      .where('p.invited_email', 'is', null)
      .where('p.deactivated_at', 'is', null),
  );
  return rows[0];
}

export async function findProfessional(tx: Transaction, id: string): Promise<ProfessionalRow | undefined> {
  const rows = await tx.run(selectProfessional().where('p.id', '=', id).where('p.deactivated_at', 'is', null));
  return rows[0];
}

/** Whether somebody belongs to the clinic. False for superusers, who belong to the host. */
export async function isColleague(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb.selectFrom('professionals').select('id').where('id', '=', id).where('is_superuser', '=', false),
  );
  return rows.length > 0;
}

/**
 * Finds the key of a device on which the person has signed in before. After a change of SECRET_KEY it is the hash with the old
 * key until the next sign-in.
 */
export async function findKnownDeviceKey(
  tx: Transaction,
  email: string,
  deviceKeys: readonly string[],
): Promise<string | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('device_sessions as s')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.professional_id'),
      )
      .select('s.device_key')
      .where(sql`lower(p.email)`, '=', sql`lower(${email})`)
      .where('s.device_key', 'in', deviceKeys)
      .orderBy('s.use_order', 'desc')
      .limit(1),
  );
  return rows[0]?.device_key;
}

/** The newest code of each lane (`''` for unknown devices), used or not. */
export const listNewestCodes = (tx: Transaction, professional: ProfessionalRow, lanes: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('access_codes')
      .select(['id', 'device_key', 'code_hash', 'request_order', 'expires_at', 'used_at', 'wrong_guesses'])
      .where('clinic_id', '=', professional.clinic_id)
      .where('professional_id', '=', professional.id)
      .where('device_key', 'in', lanes)
      .where('superseded_at', 'is', null)
      .orderBy('request_order', 'desc'),
  );

export type CodeRow = Awaited<ReturnType<typeof listNewestCodes>>[number];

/** Unexpired codes that this browser requested and that newer codes have replaced. */
export const listSupersededCodes = (tx: Transaction, professional: ProfessionalRow, requestKeys: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('access_codes')
      .select(['code_hash', 'number'])
      .where('clinic_id', '=', professional.clinic_id)
      .where('professional_id', '=', professional.id)
      .where('request_key', 'in', requestKeys)
      .where('superseded_at', 'is not', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .orderBy('request_order', 'desc')
      .limit(10),
  );

/** The next sequence number for requests of codes, as text because it is a bigint. */
export async function nextRequestOrder(tx: Transaction): Promise<string> {
  const rows = await tx.run(sql<{ place: string }>`select nextval('app.code_requests')::text as place`);
  return onlyRow(rows).place;
}

interface NewCode {
  readonly deviceKey: string;
  readonly requestKey: string;
  readonly number: number;
  readonly order: string;
  readonly codeHash: string;
  readonly linkHash: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** Stores a code as the newest of its lane. */
export function insertCode(tx: Transaction, professional: ProfessionalRow, code: NewCode): Promise<unknown> {
  const lane = { clinic_id: professional.clinic_id, professional_id: professional.id, device_key: code.deviceKey };
  return Promise.all([
    tx.run(
      qb
        .updateTable('access_codes')
        .set({ superseded_at: sql`now()` })
        .where('clinic_id', '=', lane.clinic_id)
        .where('professional_id', '=', lane.professional_id)
        .where('device_key', '=', lane.device_key)
        .where('superseded_at', 'is', null),
    ),
    tx.run(
      qb.insertInto('access_codes').values({
        ...lane,
        request_key: code.requestKey,
        number: code.number,
        request_order: code.order,
        code_hash: code.codeHash,
        link_hash: code.linkHash,
        requested_at: code.requestedAt,
        expires_at: code.expiresAt,
      }),
    ),
  ]);
}

/** Gives a code a new secret, for a mail that is sent again under the same number. */
export const replaceCode = (
  tx: Transaction,
  professional: ProfessionalRow,
  id: string,
  { codeHash, linkHash }: Pick<NewCode, 'codeHash' | 'linkHash'>,
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('access_codes')
      .set({ code_hash: codeHash, link_hash: linkHash, wrong_guesses: 0 })
      .where('clinic_id', '=', professional.clinic_id)
      .where('id', '=', id),
  );

/** Uses up a code. @returns false if it was used in the meantime */
export async function spendCode(tx: Transaction, professional: ProfessionalRow, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('access_codes')
      .set({ used_at: sql`now()` })
      .where('clinic_id', '=', professional.clinic_id)
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('superseded_at', 'is', null)
      .returning('id'),
  );
  return rows.length === 1;
}

/**
 * Uses up the code whose mail has this link. Superseded codes count too: strangers who request codes for a person must not make
 * that person's links invalid. @returns false if there is no valid one
 */
export async function spendLink(
  tx: Transaction,
  professional: ProfessionalRow,
  linkHashes: readonly string[],
  latestExpiry: Date,
): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('access_codes')
      .set({ used_at: sql`now()` })
      .where('clinic_id', '=', professional.clinic_id)
      .where('professional_id', '=', professional.id)
      .where('link_hash', 'in', linkHashes)
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .where('expires_at', '<=', latestExpiry)
      .returning('id'),
  );
  return rows.length === 1;
}

export const countWrongGuess = (
  tx: Transaction,
  professional: ProfessionalRow,
  ids: readonly string[],
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('access_codes')
      .set((eb) => ({ wrong_guesses: eb('wrong_guesses', '+', 1) }))
      .where('clinic_id', '=', professional.clinic_id)
      .where('id', 'in', ids),
  );
