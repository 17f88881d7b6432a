import { codeGender, codeMaritalStatus } from './coded-words.ts';
import { presentCns, presentCouncil, presentDocument, presentRg } from './identifiers.ts';
import type { AppointmentRow, PatientRow, PractitionerRow } from './queries.ts';
import { cleanText, cleanTexts, formatInstant, presentItems } from './text.ts';

export const resourceTypes = ['Patient', 'Practitioner', 'Appointment'] as const;
export type ResourceType = (typeof resourceTypes)[number];

/** A resource of FHIR R4 (4.0.1) as JSON; members that are undefined are not sent. */
export interface Resource {
  readonly resourceType: ResourceType;
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string };
  readonly [member: string]: unknown;
}

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly updated_at: Date;
}

const begin = <Type extends ResourceType>(resourceType: Type, { id, version, updated_at }: Versioned) => ({
  resourceType,
  id,
  meta: { versionId: String(version), lastUpdated: updated_at.toISOString() },
});

const joinNames = (...parts: readonly (string | null)[]): string | undefined => cleanTexts(parts)?.join(' ');

function presentName(row: Pick<PatientRow, 'first_name' | 'last_name'>) {
  return {
    use: 'official',
    text: joinNames(row.first_name, row.last_name),
    family: cleanText(row.last_name),
    given: cleanTexts([row.first_name]),
  };
}

function presentSocialName({ social_name, last_name }: PatientRow) {
  const given = cleanText(social_name);
  return given === undefined ? undefined : { use: 'usual', text: joinNames(given, last_name), given: [given] };
}

const presentContactPoint = (system: 'phone' | 'email', value: string | null, rank?: number) => {
  const cleaned = cleanText(value);
  return cleaned === undefined ? undefined : { system, value: cleaned, rank };
};

function presentAddress(row: PatientRow) {
  const line = cleanTexts([joinLine(row.street, row.street_number), row.complement]);
  const address = {
    line,
    district: cleanText(row.neighborhood),
    city: cleanText(row.city),
    state: cleanText(row.state),
    postalCode: cleanText(row.postal_code),
  };
  if (Object.values(address).every((part) => part === undefined)) return undefined;
  return { use: 'home', ...address, country: 'BR' };
}

const joinLine = (street: string | null, number: string | null): string | undefined =>
  cleanTexts([street, number])?.join(', ');

function presentGuardian(row: PatientRow) {
  const [name, phone] = [cleanText(row.guardian_name), presentContactPoint('phone', row.guardian_phone)];
  if (name === undefined && phone === undefined) return undefined;
  return {
    relationship: [{ text: 'Responsável' }],
    name: name === undefined ? undefined : { text: name },
    telecom: presentItems([phone]),
  };
}

function presentMaritalStatus(value: string | null) {
  const text = cleanText(value);
  if (text === undefined) return undefined;
  const code = codeMaritalStatus(text);
  const system = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus';
  return { coding: code === undefined ? undefined : [{ system, code }], text };
}

/** Registration data alone: notes and imported columns are clinical. */
export const presentPatient = (row: PatientRow): Resource => ({
  ...begin('Patient', row),
  identifier: presentItems([presentDocument(row.document), presentCns(row.insurance_number), presentRg(row.rg)]),
  active: row.archived_at === null,
  name: presentItems([presentName(row), presentSocialName(row)]),
  telecom: presentItems([
    presentContactPoint('phone', row.phone, 1),
    presentContactPoint('phone', row.secondary_phone, 2),
    presentContactPoint('email', row.email),
  ]),
  gender: codeGender(row.sex),
  birthDate: row.date_of_birth ?? undefined,
  address: presentItems([presentAddress(row)]),
  maritalStatus: presentMaritalStatus(row.marital_status),
  contact: presentItems([presentGuardian(row)]),
  generalPractitioner: [{ reference: `Practitioner/${row.professional_id}` }],
  // Where a record was merged into another one that the person may see.
  link:
    row.replaced_by === null
      ? undefined
      : [{ other: { reference: `Patient/${row.replaced_by}` }, type: 'replaced-by' }],
});

/** Somebody who works in the clinic. Addresses are for administrators, as everywhere. */
export const presentPractitioner = (row: PractitionerRow, withAddress: boolean): Resource => ({
  ...begin('Practitioner', row),
  identifier: presentItems([presentCouncil(row)]),
  active: row.deactivated_at === null,
  name: [presentName(row)],
  telecom: withAddress ? presentItems([presentContactPoint('email', row.email)]) : undefined,
  qualification: presentItems([presentSpecialty(row.specialty)]),
});

function presentSpecialty(specialty: string | null) {
  const text = cleanText(specialty);
  return text === undefined ? undefined : { code: { text } };
}

const statuses = {
  scheduled: 'booked',
  confirmed: 'booked',
  arrived: 'arrived',
  inProgress: 'checked-in',
  done: 'fulfilled',
  canceled: 'cancelled',
  noShow: 'noshow',
} as const;

/** Our states of a FHIR status; none for those that appointments here never have. */
export const listStatesOf = (status: string): string[] =>
  Object.entries(statuses).flatMap(([state, code]) => (code === status ? [state] : []));

/** The codes of http://hl7.org/fhir/appointmentstatus that exist (R4). */
export const appointmentStatuses: readonly string[] = [
  ...['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error', 'checked-in'],
  'waitlist',
];

/** What the client said: nothing as long as the appointment is only scheduled. */
function findAnswer({ status, cancel_asked_by }: AppointmentRow): 'accepted' | 'declined' | 'needs-action' {
  if (status === 'scheduled') return 'needs-action';
  return status === 'canceled' && cancel_asked_by === 'client' ? 'declined' : 'accepted';
}

/** An appointment without its notes and reasons, which are clinical or may be. */
export const presentAppointment = (row: AppointmentRow): Resource => ({
  ...begin('Appointment', row),
  status: statuses[row.status as keyof typeof statuses],
  serviceType: presentItems([presentText(row.visit_type_name)]),
  description: cleanText(row.title),
  start: formatInstant(row.start_at, row.local_start, row.start_offset),
  end: formatInstant(row.end_at, row.local_end, row.end_offset),
  minutesDuration: Math.max(1, Math.round((row.end_at.getTime() - row.start_at.getTime()) / 60_000)),
  created: row.created_at.toISOString(),
  participant: [
    {
      actor: { reference: `Patient/${row.client_id}`, display: cleanText(row.client_name) },
      status: findAnswer(row),
    },
    {
      actor: { reference: `Practitioner/${row.professional_id}`, display: joinNames(row.first_name, row.last_name) },
      status: 'accepted',
    },
  ],
});

const presentText = (value: string | null) => {
  const text = cleanText(value);
  return text === undefined ? undefined : { text };
};
