import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'name', 'backed_up', 'created_at', 'last_used_at'] as const;

const selectPasskeys = (professionalId: string) =>
  qb
    .selectFrom('passkeys')
    .select(columns)
    .where('professional_id', '=', professionalId)
    .orderBy('created_at')
    .orderBy('id');

export type PasskeyRow = Awaited<ReturnType<ReturnType<typeof selectPasskeys>['executeTakeFirstOrThrow']>>;

export const listPasskeys = (tx: Transaction, professionalId: string): Promise<PasskeyRow[]> =>
  tx.run(selectPasskeys(professionalId));

/** The person's passkeys for a domain; the browser is told not to create them again. */
export const listCredentials = (tx: Transaction, professionalId: string, rpId: string) =>
  tx.run(
    qb
      .selectFrom('passkeys')
      .select(['credential_id', 'transports'])
      .where('professional_id', '=', professionalId)
      .where('rp_id', '=', rpId),
  );

interface NewPasskey {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly rpId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly name: string;
}

/** Stores a passkey. @returns undefined if one with this credential id exists, even somebody else's */
export async function insertPasskey(tx: Transaction, passkey: NewPasskey): Promise<PasskeyRow | undefined> {
  const rows = await tx.run(
    qb
      .insertInto('passkeys')
      .values({
        clinic_id: passkey.clinicId,
        professional_id: passkey.professionalId,
        rp_id: passkey.rpId,
        credential_id: passkey.credentialId,
        public_key: Buffer.from(passkey.publicKey),
        counter: passkey.counter,
        transports: [...passkey.transports],
        backed_up: passkey.backedUp,
        name: passkey.name,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(columns),
  );
  return rows[0];
}

/** Removes a passkey of the person. @returns false if it is not theirs */
export async function deletePasskey(tx: Transaction, professionalId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb.deleteFrom('passkeys').where('id', '=', id).where('professional_id', '=', professionalId).returning('id'),
  );
  return rows.length === 1;
}

/** The passkey with this credential id, of any person and clinic. */
export async function findCredential(tx: Transaction, credentialId: string) {
  const rows = await tx.run(
    qb
      .selectFrom('passkeys')
      .select(['id', 'clinic_id', 'professional_id', 'rp_id', 'credential_id', 'public_key', 'transports'])
      .select(sql<number>`counter::float8`.as('counter'))
      .where('credential_id', '=', credentialId),
  );
  return rows[0];
}

/** Records a use. @returns false if the counter did not increase, which indicates a copied key (WebAuthn section 6.1.1) */
export async function usePasskey(tx: Transaction, id: string, counter: number, backedUp: boolean): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('passkeys')
      .set({ counter, backed_up: backedUp, last_used_at: sql`now()` })
      .where('id', '=', id)
      .where((eb) =>
        eb.or([eb('counter', '<', String(counter)), eb.and([eb('counter', '=', '0'), eb.val(counter === 0)])]),
      )
      .returning('id'),
  );
  return rows.length === 1;
}

/** Stores a challenge and deletes up to ten expired ones, so that they do not pile up. */
export const insertChallenge = (
  tx: Transaction,
  challenge: string,
  professionalId: string | null,
  seconds: number,
): Promise<unknown> =>
  Promise.all([
    tx.run(
      qb.deleteFrom('passkey_challenges').where('challenge', 'in', (eb) =>
        eb
          .selectFrom('passkey_challenges')
          .select('challenge')
          .where('expires_at', '<', sql<Date>`now()`)
          .limit(10)
          .forUpdate()
          .skipLocked(),
      ),
    ),
    tx.run(
      qb.insertInto('passkey_challenges').values({
        challenge,
        professional_id: professionalId,
        expires_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
      }),
    ),
  ]);

/** Uses up a challenge. @returns false if it is unknown, expired, used, or was made for another person or purpose */
export async function takeChallenge(
  tx: Transaction,
  challenge: string,
  professionalId: string | null,
): Promise<boolean> {
  const rows = await tx.run(
    qb
      .deleteFrom('passkey_challenges')
      .where('challenge', '=', challenge)
      .where('professional_id', 'is not distinct from', professionalId)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('challenge'),
  );
  return rows.length === 1;
}
