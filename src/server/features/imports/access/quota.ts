import type { Transaction } from '../../../db/transaction.ts';
import { HttpProblem } from '../../../http/problem.ts';
import { countImportUse, type ImportUse, lockQuota } from './quota-queries.ts';

const gigabyte = 1024 ** 3;

/** Limits for the imports of one clinic, on all servers together. */
export const quota = {
  /** The most imports that are queued or running. */
  waiting: 20,
  /** The most bytes of stored files. They are kept for a day, to be imported or repeated. */
  keptBytes: gigabyte,
  /** Files and bytes within any 24 hours. */
  uploads: 100,
  uploadedBytes: 2 * gigabyte,
} as const;

const keptDays = 1;
/** Seconds to wait when too many are queued; imports of a clinic run one after the other. */
const turnOfAnImport = 60;

/** What a request would add to the use. */
interface Addition {
  readonly imports: number;
  readonly uploads: number;
  readonly bytes: number;
}

/**
 * Throws too_many_imports if a request would exceed the quota, before anything is stored. Does not see simultaneous requests:
 * `assertWithin` counts those.
 */
export const assertRoom = async (tx: Transaction, added: Addition): Promise<void> => {
  refuse(await countImportUse(tx, keptDays), added);
};

/** Counts again, after adding, under the lock; call it at the end, so that others wait briefly. Throws too_many_imports. */
export async function assertWithin(tx: Transaction, clinicId: string): Promise<void> {
  await lockQuota(tx, clinicId);
  refuse(await countImportUse(tx, keptDays), { imports: 0, uploads: 0, bytes: 0 });
}

function refuse(use: ImportUse, { imports, uploads, bytes }: Addition): void {
  if (use.waiting + imports > quota.waiting)
    throw tooMany(turnOfAnImport, {
      'pt-BR': `A clínica já tem ${String(quota.waiting)} importações na fila. Espere que terminem e tente de novo.`,
      en: `The clinic has ${String(quota.waiting)} imports in line already. Wait until they are done and try again.`,
    });
  if (use.uploads + uploads > quota.uploads || use.uploadedBytes + bytes > quota.uploadedBytes)
    throw tooMany(use.dayEndsIn, {
      'pt-BR': `A clínica já enviou o que pode em um dia: ${String(quota.uploads)} arquivos ou 2 GB. Junte as listas em menos arquivos ou envie o resto amanhã.`,
      en: `The clinic has sent what it may in one day: ${String(quota.uploads)} files or 2 GB. Put the lists into fewer files, or send the rest tomorrow.`,
    });
  if (use.keptBytes + bytes > quota.keptBytes)
    throw tooMany(use.keptEndsIn, {
      'pt-BR':
        'Os arquivos já enviados pela clínica somam quase 1 GB. Importe os que foram só conferidos, ou envie este quando um deles fizer um dia e sair daqui.',
      en: 'The files that the clinic has sent add up to nearly 1 GB. Import those that were only checked, or send this one when one of them is a day old and no longer kept.',
    });
}

const tooMany = (seconds: number, detail: Readonly<Record<'pt-BR' | 'en', string>>): HttpProblem =>
  new HttpProblem('too_many_imports', { headers: { 'retry-after': String(Math.max(1, seconds)) }, detail });
