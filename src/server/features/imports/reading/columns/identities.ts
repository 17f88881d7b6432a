import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';

/** Columns that say who a client is. */
export const identities: ReadonlySet<ColumnMeaning> = new Set<ColumnMeaning>([
  ...(['fullName', 'firstName', 'middleName', 'lastName', 'socialName'] as const),
  ...(['document', 'phone', 'secondaryPhone', 'email', 'dateOfBirth', 'areaCode'] as const),
]);
