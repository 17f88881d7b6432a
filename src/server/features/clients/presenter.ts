import type {
  Client,
  ClientChange,
  ClientFilterValues,
  ClientMerge,
  ClientSummary,
} from '../../../shared/contracts/clients.ts';
import { clinicalFields, type FieldChange } from './fields.ts';
import type { VersionRow } from './history-queries.ts';
import type { ClientSummaryRow, FilterValueRow } from './list-queries.ts';
import type { ClientRow } from './queries.ts';

export const presentClientSummary = (row: Omit<ClientSummaryRow, 'updated_micros'>): ClientSummary => ({
  id: row.id,
  firstName: row.first_name,
  lastName: row.last_name,
  socialName: row.social_name,
  email: row.email,
  phone: row.phone,
  document: row.document,
  dateOfBirth: row.date_of_birth,
  city: row.city,
  state: row.state,
  tags: row.tags,
  professionalId: row.professional_id,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  archivedAt: row.archived_at?.toISOString() ?? null,
});

export function presentFilterValues(rows: readonly FilterValueRow[]): ClientFilterValues {
  const valuesOf = (wanted: FilterValueRow['kind']): string[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  return { cities: valuesOf('city'), states: valuesOf('state'), tags: valuesOf('tag') };
}

/** The whole card; without what is clinical for those who may not see it. */
export const presentClient = (row: ClientRow, clinical: boolean): Client => ({
  id: row.id,
  firstName: row.first_name,
  lastName: row.last_name,
  socialName: row.social_name,
  email: row.email,
  phone: row.phone,
  secondaryPhone: row.secondary_phone,
  sharedPhone: row.phone_shared,
  document: row.document,
  rg: row.rg,
  dateOfBirth: row.date_of_birth,
  sex: row.sex,
  maritalStatus: row.marital_status,
  nationality: row.nationality,
  profession: row.profession,
  address: {
    postalCode: row.postal_code,
    street: row.street,
    number: row.street_number,
    complement: row.complement,
    neighborhood: row.neighborhood,
    city: row.city,
    state: row.state,
  },
  guardian: { name: row.guardian_name, phone: row.guardian_phone, document: row.guardian_document },
  healthInsurance: { plan: row.insurance_plan, number: row.insurance_number },
  tags: row.tags,
  ...(clinical ? { notes: row.notes, extra: (row.extra ?? {}) as Record<string, string | null> } : {}),
  professionalId: row.professional_id,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  archivedAt: row.archived_at?.toISOString() ?? null,
  mergedInto: row.archived_at === null ? null : row.merged_into,
});

export const presentChange = (row: VersionRow, clinical: boolean): ClientChange => ({
  version: row.version,
  at: row.at.toISOString(),
  clientId: row.client_id,
  by: { id: row.professional_id, name: [row.first_name, row.last_name].filter(Boolean).join(' ') },
  action: row.action as ClientChange['action'],
  changes: (row.changes as unknown as FieldChange[]).filter(({ field }) => clinical || !clinicalFields.has(field)),
  ...presentMergeOf(row),
});

function presentMergeOf({ merge_id, winner_id, loser_id, merged_at, undone_at }: VersionRow): { merge?: ClientMerge } {
  if (merge_id === null || winner_id === null || loser_id === null || merged_at === null) return {};
  return { merge: presentMerge({ id: merge_id, winner_id, loser_id, merged_at, undone_at }) };
}

/** Days within which a merge can be taken back. */
export const undoDays = 30;

interface MergeRow {
  readonly id: string;
  readonly winner_id: string;
  readonly loser_id: string;
  readonly merged_at: Date;
  readonly undone_at: Date | null;
}

export const presentMerge = (row: MergeRow): ClientMerge => ({
  id: row.id,
  winnerId: row.winner_id,
  loserId: row.loser_id,
  mergedAt: row.merged_at.toISOString(),
  undoUntil: new Date(row.merged_at.getTime() + undoDays * 86_400_000).toISOString(),
  undoneAt: row.undone_at?.toISOString() ?? null,
});
