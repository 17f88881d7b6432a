import type { ColumnMeaning } from '../../../../shared/contracts/import-columns.ts';
import { reaches, type Scope } from '../../../../shared/permissions.ts';
import type { BulkClients, KnownClient } from '../../clients/bulk-api.ts';
import { type Counts, type Decisions, noRows, type Reject, type WantedAppointment } from '../matching/decisions.ts';
import { chunksOf } from '../matching/match-rows.ts';
import { type Chunk, survey } from '../matching/survey.ts';
import { WorkingSet } from '../matching/working-set.ts';
import type { ImportRow, RejectedRow, RowProblemCode } from '../reading/rows/rows.ts';
import type { ClinicAgenda } from './clinic-agenda.ts';
import { ClientsByName } from './clients-by-name.ts';
import { findClient, type KnownClients } from './find-client.ts';
import { planAppointment } from './plan-appointment.ts';

interface AppointmentRequest {
  readonly agenda: ClinicAgenda;
  /** Whose appointment it is that names nobody. */
  readonly professionalId: string;
  /** The clients that may be named. */
  readonly scope: Scope;
  readonly now: Date;
  readonly limit: number | undefined;
  /** The file's column of a meaning, from 1; 0 if there is none. */
  readonly columnOf: (meaning: ColumnMeaning) => number;
}

/** Finds the client and the professional of each row of a list of appointments, a few thousand rows at a time. */
export async function* matchAppointments(
  rows: AsyncIterable<readonly (ImportRow | RejectedRow)[]>,
  clients: BulkClients,
  request: AppointmentRequest,
): AsyncGenerator<Decisions> {
  const matching = new Matching(clients, request);
  for await (const chunk of chunksOf(rows, request)) yield matching.decide(survey(chunk, undefined));
}

class Matching {
  readonly #clients: BulkClients;
  readonly #request: AppointmentRequest;
  #counts: Counts = noRows;
  #byName: Promise<ClientsByName> | undefined;

  constructor(clients: BulkClients, request: AppointmentRequest) {
    this.#clients = clients;
    this.#request = request;
  }

  async decide({ rows, wanted, sharers }: Chunk): Promise<Decisions> {
    const byKeys = new WorkingSet(() => true);
    for (const client of await this.#clients.find(wanted, sharers)) byKeys.add(client);
    const byName = (): Promise<ClientsByName> => (this.#byName ??= ClientsByName.load(this.#clients.listNames()));
    const mayUse = ({ professionalId }: KnownClient): boolean => reaches(this.#request.scope, professionalId);
    const appointments: WantedAppointment[] = [];
    const rejects: Reject[] = [];
    for (const { row } of rows) {
      const result = 'problems' in row ? toReject(row) : await this.#plan(row, { byKeys, byName, mayUse });
      if ('appointment' in result) appointments.push(result);
      else rejects.push(result);
    }
    const conflicts = rejects.filter(({ kind }) => kind === 'conflict').length;
    this.#counts = {
      ...this.#counts,
      processed: this.#counts.processed + rows.length,
      conflicts: this.#counts.conflicts + conflicts,
      rejected: this.#counts.rejected + rejects.length - conflicts,
    };
    return { created: [], changed: [], appointments, rejects, counts: this.#counts };
  }

  async #plan(row: ImportRow, known: KnownClients): Promise<WantedAppointment | Reject> {
    const { agenda, professionalId, now } = this.#request;
    if (row.appointment === undefined) throw new Error('a row of appointments was read without one');
    const found = await findClient(row, known);
    if ('code' in found) {
      const { code, field, mayBe } = found;
      const meaning = field === 'name' ? this.#nameColumn() : field;
      return this.#refuse(row, code, meaning, mayBe === undefined ? 'rejected' : 'conflict', mayBe);
    }
    const target = { clientId: found.clientId, professionalId, now };
    const planned = planAppointment(row.appointment, agenda, target);
    if ('code' in planned) return this.#refuse(row, planned.code, planned.meaning, 'rejected', undefined);
    const column = this.#request.columnOf('appointment.date');
    return { appointment: planned, line: row.line, cells: row.cells, column, value: row.cells[column - 1] ?? '' };
  }

  #nameColumn(): ColumnMeaning | undefined {
    return (['fullName', 'firstName', 'document', 'phone', 'email'] as const).find(
      (meaning) => this.#request.columnOf(meaning) > 0,
    );
  }

  #refuse(
    { line, cells }: ImportRow,
    code: RowProblemCode,
    meaning: ColumnMeaning | undefined,
    kind: Reject['kind'],
    clientId: string | undefined,
  ): Reject {
    const column = meaning === undefined ? 0 : this.#request.columnOf(meaning);
    return { line, kind, cells, problems: [{ column, code, value: cells[column - 1] ?? '' }], clientId };
  }
}

const toReject = (row: RejectedRow): Reject => ({ ...row, kind: 'rejected', clientId: undefined });
