import { Command } from 'commander';
import type { ClinicFigures } from '../../../server/features/clinics/api.ts';
import { formatCount, printJson, printLine } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

interface Options {
  readonly json?: true;
}

/** `2026-11-29`, or a dash. */
const day = (moment: Date | null): string => moment?.toISOString().slice(0, 10) ?? '-';

/** `suspended, to be deleted from 2026-12-29 on` */
function describeState({ suspendedAt, deletionDueAt }: ClinicFigures): string {
  if (deletionDueAt !== null) return `suspended, may be deleted from ${day(deletionDueAt)} on`;
  return suspendedAt === null ? 'open' : `suspended since ${day(suspendedAt)}`;
}

/** `812 of 1000` */
const withLimit = (count: number, most: number | null): string =>
  `${String(count)}${most === null ? '' : ` of ${String(most)}`}`;

export const listCommand = new Command('list')
  .description('every clinic with its state, how many clients and people it has, and when somebody last worked there')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const { listClinicFigures } = await import('../../../server/features/clinics/api.ts');
    const clinics = await withDatabase((db) => listClinicFigures(db));
    if (options.json === true) {
      printJson(clinics);
      return;
    }
    for (const clinic of clinics)
      printLine(
        [
          clinic.id,
          clinic.name,
          describeState(clinic),
          `${withLimit(clinic.clients, clinic.maxClients)} clients`,
          `${withLimit(clinic.people, clinic.maxPeople)} people`,
          `last activity ${day(clinic.lastActivityAt)}`,
        ].join('  '),
      );
  });

export const figuresCommand = new Command('figures')
  .description('what one clinic has and takes: clients, people, appointments, rows and bytes of each table')
  .argument('<clinic>', 'name of the clinic')
  .option('--json', 'the result as JSON')
  .action(async (name: string, options: Options) => {
    const { measureClinic } = await import('../../../server/features/clinics/api.ts');
    const size = await withDatabase((db) => measureClinic(db, name));
    if (options.json === true) {
      printJson(size);
      return;
    }
    printLine(`${size.name} (${size.id}): ${describeState(size)}, opened ${day(size.createdAt)}`);
    printLine(`clients        ${withLimit(size.clients, size.maxClients)}, ${String(size.archivedClients)} archived`);
    printLine(`people         ${withLimit(size.people, size.maxPeople)}`);
    printLine(`appointments   ${String(size.appointments)}, ${String(size.comingAppointments)} to come`);
    printLine(`last activity  ${day(size.lastActivityAt)}`);
    printLine(`exported       ${day(size.exportedAt)}`);
    printLine(`stored         ${formatCount(size.bytes, 'byte')} without indexes`);
    for (const { table, rows, bytes } of size.tables)
      printLine(`  ${table.padEnd(24)}${String(rows).padStart(10)}${String(bytes).padStart(14)}`);
  });

export const logCommand = new Command('log')
  .description('what the host did to whole clinics, oldest first; also to those that were deleted')
  .option('--json', 'the result as JSON')
  .action(async (options: Options) => {
    const { listDeskEvents } = await import('../../../server/features/clinics/api.ts');
    const events = await withDatabase((db) => listDeskEvents(db));
    if (options.json === true) printJson(events);
    else
      for (const { at, action, clinicId, details } of events)
        printLine(`${at.toISOString()}  ${action}  ${clinicId}  ${JSON.stringify(details)}`);
  });
