import type { ColumnMeaning } from '../../../../shared/contracts/import-columns.ts';
import type { OnConflict } from '../../../../shared/import-choices.ts';
import { type Scope, wholeClinic } from '../../../../shared/permissions.ts';
import { NotAllowed } from '../access/authority.ts';
import { isOverClientLimit } from '../../clinics/limits-api.ts';
import { BulkClients } from '../../clients/bulk-api.ts';
import { importScope } from '../access/policy.ts';
import { matchAppointments } from '../agenda/match-appointments.ts';
import { listClientOwners } from '../../professionals/api.ts';
import { type MatchRequest, matchRows } from '../matching/match-rows.ts';
import { columnOf, recognise, type Recognised } from '../recognising/recognise.ts';
import type { ImportOptions, RowSource } from '../sources/row-source.ts';
import type { Attempt } from './attempt.ts';
import { ImportTransaction } from './import-transaction.ts';
import { Journal } from './journal.ts';
import { commitWithResult, keepResultAlone } from './report.ts';
import { createReporter } from './reporter.ts';
import { openAgenda } from './open-agenda.ts';
import { writeAppointments, writeDecisions } from './write-decisions.ts';

/** With more rows, new clients are added to the search index later, because that takes longest. */
const indexAtOnce = 2000;

/** Reads, recognises, matches, writes and reports the rows. All or nothing: if it throws, nothing is kept. */
export async function importOnce(attempt: Attempt, source: RowSource): Promise<void> {
  const { deps, queued } = attempt;
  const options = queued.options as ImportOptions;
  const journal = new Journal(deps.db, queued);
  await journal.forgetRejects();
  const opened = await source.open(options);
  try {
    const recognised = await recognise(deps.db, opened, {
      clinicId: queued.clinic_id,
      mapping: options.mapping,
      foundDateOrder: attempt.foundDateOrder,
      onUnclear: (head) => journal.noteHead(head),
    });
    await inTransaction(attempt, source, async (transaction, clients) => {
      const report = createReporter(deps, journal, { source, opened });
      const agenda = await openAgenda(transaction, attempt, recognised.columns);
      const written =
        agenda?.kind === 'list'
          ? await writeAppointments(
              matchAppointments(opened.rows(), clients, {
                ...{ agenda: agenda.agenda, now: agenda.now, professionalId: queued.professional_id },
                ...{ scope: scopeOf(attempt), limit: options.limit },
                columnOf: (meaning) => columnOf(recognised.columns, meaning),
              }),
              agenda.bookings,
              report,
            )
          : await writeDecisions(
              matchRows(opened.rows(), clients, {
                ...(await prepareMatching(attempt, source, recognised, clients)),
                next: agenda?.next,
              }),
              { clients, bookings: agenda?.bookings, report },
            );
      const result = {
        ...{ ...written, head: opened.head(), toRemember: recognised.toRemember },
        isOfAppointments: agenda?.kind === 'list',
      };
      if (written.counts.created > 0 && (await isOverClientLimit(transaction, queued.clinic_id)))
        throw new NotAllowed('client_limit_reached');
      if (queued.dry_run) await keepResultAlone(transaction, deps.db, attempt, result);
      else await commitWithResult(transaction, attempt, result);
    });
  } finally {
    await opened.close();
  }
}

/** Runs work in a transaction and rolls back if it throws. The work has to commit. */
async function inTransaction(
  attempt: Attempt,
  source: RowSource,
  work: (transaction: ImportTransaction, clients: BulkClients) => Promise<void>,
): Promise<void> {
  const { queued, connection } = attempt;
  const transaction = new ImportTransaction(connection);
  let clients: BulkClients | undefined;
  try {
    await transaction.begin();
    clients = await BulkClients.open(connection, {
      clinicId: queued.clinic_id,
      importId: queued.id,
      action: 'import',
      actorId: queued.created_by,
      sessionId: queued.session_id,
      indexLater: source.expectedRows > indexAtOnce,
      dryRun: queued.dry_run,
      scope: scopeOf(attempt),
    });
    await work(transaction, clients);
  } catch (error) {
    // Stop first, so that nothing is written after the rollback.
    await clients?.stop();
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

async function prepareMatching(
  attempt: Attempt,
  source: RowSource,
  { columns, isOwnExport }: Recognised,
  clients: BulkClients,
): Promise<MatchRequest> {
  const { queued, deps } = attempt;
  const has = (wanted: ColumnMeaning): boolean => columns.some(({ meaning }) => meaning === wanted);
  const namesOwners = has('professionalEmail') && scopeOf(attempt).whole;
  return {
    expectedRows: source.expectedRows,
    limit: (queued.options as ImportOptions).limit,
    columnOf: (field: ColumnMeaning) => columnOf(columns, field),
    rules: {
      professionalId: queued.professional_id,
      onConflict: queued.on_conflict as OnConflict,
      ownOnly: !scopeOf(attempt).whole,
      exact: isOwnExport,
      owners: namesOwners ? await deps.db.system((tx) => listClientOwners(tx, queued.clinic_id)) : new Map(),
      archived: has('archivedAt') ? await clients.listArchived() : new Set(),
      apart: new Set((queued.options as ImportOptions).apart),
    },
  };
}

/** The clients that the import may change: all of the clinic for the host's operator, who has no role. */
const scopeOf = ({ queued, role }: Attempt): Scope =>
  role === undefined
    ? wholeClinic
    : importScope({ role, clinicalAccess: true, professionalId: queued.professional_id });
