import type { ImportField } from '../../../../shared/client-fields.ts';
import type { ColumnMeaning } from '../../../../shared/contracts/imports.ts';
import type { DateOrder } from '../../../../shared/import-choices.ts';
import type { Database } from '../../../db/transaction.ts';
import type { Column, Mapping } from '../reading/columns/columns.ts';
import type { OpenedRows } from '../sources/row-source.ts';
import { findMapping } from '../stored/mapping-queries.ts';
import { signatureOf, withoutLosses } from './remembered-mapping.ts';

export interface RecogniseRequest {
  readonly clinicId: string;
  /** What a person said that columns hold. */
  readonly mapping: Mapping | undefined;
  /** Of dates, as an earlier reading of the same rows found it. */
  readonly foundDateOrder: DateOrder | undefined;
  /** Called where columns are unclear, with what a person has to see to map them. */
  readonly onUnclear: (head: unknown) => Promise<unknown>;
}

/** What the columns of a file hold. */
export interface Recognised {
  readonly columns: readonly Column[];
  /** The file is an export of Acolhe's own. */
  readonly isOwnExport: boolean;
  /** What a person said, to be remembered for the clinic's next file with the same columns. */
  readonly toRemember: { readonly signature: string; readonly mapping: Mapping } | undefined;
}

/**
 * Finds out what each column holds: what a person says, or said for an earlier file with the same columns, or what their
 * names tell. Throws FileProblem.
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
  // Without a header, files with other columns look alike.
  const toRemember = mapping !== undefined && opened.isNamed ? { signature, mapping } : undefined;
  return { ...mapped, toRemember };
}

/** The column that a field is read from, from 1; 0 if there is none. */
export function columnOf(columns: readonly Column[], field: ImportField): number {
  const find = (meaning: ColumnMeaning) => columns.find((column) => column.meaning === meaning);
  const isName = field === 'firstName' || field === 'lastName';
  const column = find(field) ?? (isName ? find('fullName') : undefined);
  return column === undefined ? 0 : column.index + 1;
}
