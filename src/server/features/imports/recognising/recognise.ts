import type { ColumnMeaning } from '../../../../shared/contracts/import-columns.ts';
import type { DateOrder } from '../../../../shared/import-choices.ts';
import type { Database } from '../../../db/transaction.ts';
import type { Column, Mapping } from '../reading/columns/columns.ts';
import type { OpenedRows } from '../sources/row-source.ts';
import { findMapping } from '../stored/mapping-queries.ts';
import { signatureOf, withoutLosses } from './remembered-mapping.ts';

export interface RecogniseRequest {
  readonly clinicId: string;
  /** The meanings of columns that a person chose. */
  readonly mapping: Mapping | undefined;
  /** The order of dates that an earlier reading of the same rows found. */
  readonly foundDateOrder: DateOrder | undefined;
  /** Called when columns are unclear, with what a person needs to see to map them. */
  readonly onUnclear: (head: unknown) => Promise<unknown>;
}

/** The meanings of a file's columns. */
export interface Recognised {
  readonly columns: readonly Column[];
  /** True for an export of Acolhe itself. */
  readonly isOwnExport: boolean;
  /** A person's choice, to be remembered for the clinic's next file with the same columns. */
  readonly toRemember: { readonly signature: string; readonly mapping: Mapping } | undefined;
}

/**
 * Finds the meaning of each column: a person's choice, now or for an earlier file with the same columns, or else by name.
 * Throws FileProblem.
 */
export async function recognise(
  db: Database,
  opened: OpenedRows,
  { clinicId, mapping, foundDateOrder, onUnclear }: RecogniseRequest,
): Promise<Recognised> {
  const signature = signatureOf(opened.header);
  const remembered =
    mapping === undefined && opened.isNamed
      ? withoutLosses(await db.system((tx) => findMapping(tx, clinicId, signature)), opened.header)
      : undefined;
  const mapped = await opened.map({
    mapping: mapping ?? remembered,
    isRemembered: remembered !== undefined,
    foundDateOrder,
  });
  if ('problem' in mapped) {
    await onUnclear(mapped.head);
    throw mapped.problem;
  }
  // Files without header look alike, even with different columns: remember nothing.
  const toRemember = mapping !== undefined && opened.isNamed ? { signature, mapping } : undefined;
  return { ...mapped, toRemember };
}

/** The number of the column from which a field is read, from 1; 0 if there is none. */
export function columnOf(columns: readonly Column[], field: ColumnMeaning): number {
  const find = (meaning: ColumnMeaning) => columns.find((column) => column.meaning === meaning);
  const isName = field === 'firstName' || field === 'lastName';
  const column = find(field) ?? (isName ? find('fullName') : undefined);
  return column === undefined ? 0 : column.index + 1;
}
