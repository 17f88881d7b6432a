import type { Transaction } from '../../db/transaction.ts';
import { insertVisitTypes, selectVisitType } from './visit-type-queries.ts';

export interface VisitTypeFacts {
  readonly key: string;
  readonly name: string;
  readonly minutes: number;
  readonly bufferMinutes: number;
  readonly active: boolean;
}

/** What a new clinic starts with. Migration 0021 gave the same to those that there were. */
const standardVisitTypes = [
  { key: 'consulta', name: 'Consulta', minutes: 60, color: 'teal' },
  { key: 'avaliacao', name: 'Avaliação', minutes: 60, color: 'indigo' },
  { key: 'retorno', name: 'Retorno', minutes: 30, color: 'green' },
  { key: 'procedimento', name: 'Procedimento', minutes: 90, color: 'amber' },
  { key: 'outro', name: 'Outro', minutes: 30, color: 'slate' },
] as const;

/** Gives a clinic the kinds of visit that every clinic starts with. */
export const addStandardVisitTypes = (tx: Transaction, clinicId: string): Promise<unknown> =>
  insertVisitTypes(
    tx,
    standardVisitTypes.map((type, index) => ({ ...type, clinic_id: clinicId, position: index + 1 })),
  );

/** A kind of visit by its key, active or not. */
export async function findVisitType(
  tx: Transaction,
  clinicId: string,
  key: string,
): Promise<VisitTypeFacts | undefined> {
  const row = await selectVisitType(tx, clinicId, key);
  if (row === undefined) return undefined;
  const { buffer_minutes: bufferMinutes, ...facts } = row;
  return { ...facts, bufferMinutes };
}
