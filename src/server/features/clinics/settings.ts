import type { Clinic, ClinicPatch } from '../../../shared/contracts/agenda/clinic.ts';
import { optionalHolidayNames } from '../../../shared/optional-holidays.ts';
import { may } from '../../../shared/permissions.ts';
import { isSameValue } from '../../../shared/same-value.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { type ClinicRow, isUnknownTimeZone, lockClinic, selectClinic, tryTimeZone, updateClinic } from './queries.ts';

export type ClinicSettings = Clinic;

export interface ClinicAnswer {
  readonly body: Clinic;
  readonly etag: string;
}

const answer = (row: ClinicRow): ClinicAnswer => ({ body: presentClinic(row), etag: etagOf(row.version) });

/** A session's clinic always exists. */
function onlyClinic(row: ClinicRow | undefined): ClinicRow {
  if (row === undefined) throw new Error('there is no such clinic');
  return row;
}

/** A clinic with its settings, in a system transaction, too. */
export const findClinicSettings = async (tx: Transaction, clinicId: string): Promise<ClinicSettings> =>
  presentClinic(onlyClinic(await selectClinic(tx, clinicId)));

/** The actor's clinic. */
export const getClinic = async (db: Database, actor: Actor): Promise<ClinicAnswer> =>
  answer(onlyClinic(await db.read(actor, (tx) => selectClinic(tx, actor.clinicId))));

/** Changes settings. Appointments keep the instants that they have, whatever the time zone. Throws forbidden, stale, invalid_request. */
export async function changeClinic(
  db: Database,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: ClinicPatch,
): Promise<ClinicAnswer> {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
  const row = await db.write(actor, async (tx) => {
    const { defaultProfessionalId: proposed } = patch;
    const [found, isKnown] = await Promise.all([
      lockClinic(tx, actor.clinicId),
      proposed == null || isActiveProfessional(tx, proposed),
      patch.timeZone === undefined ? undefined : useTimeZone(tx, patch.timeZone),
    ]);
    const before = onlyClinic(found);
    if (!matches(before.version)) throw conflict('stale');
    const current = presentClinic(before);
    const isSame = Object.entries(patch).every(([name, value]) => isSameValue(current[name as keyof Clinic], value));
    if (isSame) return before;
    if (!isKnown) throw invalidField('defaultProfessionalId', 'professional_not_found');
    const changed = await updateClinic(tx, actor.clinicId, toColumns(patch));
    await recordEvent(tx, actor, {
      ...{ action: 'clinic_changed', recordType: 'clinic', recordId: actor.clinicId },
      details: describeChanges(listTracedValues(current), listTracedValues(presentClinic(changed))),
    });
    return changed;
  });
  return answer(row);
}

/** What of the settings is a code or a number: the trail tells their old and new values, and of texts only that something changed. */
const listTracedValues = (settings: Clinic) => ({
  timeZone: settings.timeZone,
  state: settings.state,
  areaCode: settings.areaCode,
  defaultProfessionalId: settings.defaultProfessionalId,
  slotMinutes: settings.slotMinutes,
  overlap: settings.overlap,
  optionalHolidays: settings.optionalHolidays.length,
  reminders: settings.reminders.map(({ minutesBefore }) => minutesBefore).join(', '),
  professionalsSee: settings.professionalsSee,
  dataRequestDays: settings.dataRequestDays,
  keepsClinical: settings.keepsClinical,
  moneyYears: settings.moneyYears,
});

/** Throws invalid_request for a time zone that this server's database does not know. */
async function useTimeZone(tx: Transaction, timeZone: string): Promise<void> {
  try {
    await tryTimeZone(tx, timeZone);
  } catch (error) {
    throw isUnknownTimeZone(error) ? invalidField('timeZone', 'invalid_value') : error;
  }
}

const columnOf = {
  name: 'name',
  timeZone: 'time_zone',
  city: 'city',
  state: 'state',
  phone: 'phone',
  address: 'address',
  areaCode: 'area_code',
  defaultProfessionalId: 'default_professional_id',
  slotMinutes: 'slot_minutes',
  optionalHolidays: 'optional_holidays',
  reminders: 'reminders',
  dataRequestDays: 'data_request_days',
  keepsClinical: 'keeps_clinical',
  moneyYears: 'money_years',
  overlap: 'overlap',
  professionalsSee: 'professionals_see',
} as const satisfies Record<keyof ClinicPatch, keyof ClinicRow>;

const toColumns = (patch: ClinicPatch) =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      columnOf[name as keyof ClinicPatch],
      name === 'reminders' ? JSON.stringify(value) : value,
    ]),
  );

const presentClinic = (row: ClinicRow): Clinic => ({
  id: row.id,
  name: row.name,
  timeZone: row.time_zone,
  city: row.city,
  state: row.state,
  phone: row.phone,
  address: row.address,
  areaCode: row.area_code,
  defaultProfessionalId: row.default_professional_id,
  slotMinutes: row.slot_minutes,
  // Others close no day, and would be refused when they are sent back.
  optionalHolidays: optionalHolidayNames.filter((name) => row.optional_holidays.includes(name)),
  reminders: row.reminders as unknown as Clinic['reminders'],
  dataRequestDays: row.data_request_days,
  keepsClinical: row.keeps_clinical as Clinic['keepsClinical'],
  moneyYears: row.money_years,
  overlap: row.overlap as Clinic['overlap'],
  professionalsSee: row.professionals_see as Clinic['professionalsSee'],
});
