import type { PrivacySettings, PrivacySettingsPatch } from '../../../shared/contracts/policies.ts';
import { may } from '../../../shared/permissions.ts';
import { brokenConstraint } from '../../db/errors.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { findSettings, lockSettings, type SettingsRow, writeSettings } from './queries.ts';

interface SettingsAnswer {
  readonly body: PrivacySettings;
  readonly etag: string;
}

/** Where anybody reads what a clinic has published. */
export const composePolicyPath = ({ public_name, clinic_id }: Pick<SettingsRow, 'public_name' | 'clinic_id'>): string =>
  `/privacidade/${public_name ?? clinic_id}`;

const answer = (row: SettingsRow): SettingsAnswer => ({
  body: {
    publicName: row.public_name,
    publicPath: composePolicyPath(row),
    controllerName: row.controller_name,
    controllerDocument: row.controller_document,
    controllerAddress: row.controller_address,
    officerName: row.officer_name,
    officerEmail: row.officer_email,
    officerPhone: row.officer_phone,
    smallAgent: row.small_agent,
  },
  etag: etagOf(row.version),
});

/** Whether the transaction's clinic is an agente de tratamento de pequeno porte (Resolução CD/ANPD 2/2022). */
export const isSmallAgent = async (tx: Transaction): Promise<boolean> => (await findSettings(tx)).small_agent;

/** Throws forbidden. */
export async function getPrivacySettings(db: Database, actor: Actor): Promise<SettingsAnswer> {
  if (!may(actor.role, 'clients.read.registration')) throw forbidden();
  return answer(await db.read(actor, findSettings));
}

const columnOf = {
  publicName: 'public_name',
  controllerName: 'controller_name',
  controllerDocument: 'controller_document',
  controllerAddress: 'controller_address',
  officerName: 'officer_name',
  officerEmail: 'officer_email',
  officerPhone: 'officer_phone',
  smallAgent: 'small_agent',
} as const satisfies Record<keyof PrivacySettingsPatch, keyof SettingsRow>;

const toColumns = (patch: PrivacySettingsPatch): Partial<Record<keyof SettingsRow, never>> =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [columnOf[name as keyof PrivacySettingsPatch], value as never]),
  );

/** Throws forbidden, stale, public_name_taken. */
export async function changePrivacySettings(
  db: Database,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: PrivacySettingsPatch,
): Promise<SettingsAnswer> {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
  const values = toColumns(patch);
  try {
    return await db.write(actor, async (tx) => {
      const [, before] = await Promise.all([lockSettings(tx, actor.clinicId), findSettings(tx)]);
      if (!matches(before.version)) throw conflict('stale');
      if (Object.keys(values).length === 0) return answer(before);
      await writeSettings(tx, actor.clinicId, values);
      const after = await findSettings(tx);
      await recordEvent(tx, actor, {
        action: 'privacy_settings_changed',
        recordType: 'clinic',
        recordId: actor.clinicId,
        details: describeChanges({ smallAgent: before.small_agent }, { smallAgent: after.small_agent }),
      });
      return answer(after);
    });
  } catch (error) {
    throw brokenConstraint(error) === 'privacy_settings_public_name_key' ? conflict('public_name_taken') : error;
  }
}
