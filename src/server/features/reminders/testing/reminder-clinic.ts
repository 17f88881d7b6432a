import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import { expect } from 'vitest';
import type { TestServer } from '../../../../../tests/support/server.ts';
import { toLocalTime } from '../../../../shared/zoned-time.ts';
import { qb } from '../../../db/query-builder.ts';
import { onlyRow } from '../../../db/rows.ts';
import { sql } from '../../../db/sql.ts';
import type { DB } from '../../../db/schema.generated.ts';
import { countJobs } from '../../../jobs/queue-state.ts';

const timeZone = 'America/Sao_Paulo';

/** A clinic of its own that reminds its clients so many minutes before. */
export interface ReminderClinic {
  readonly clinicId: string;
  readonly professionalId: string;
  /** Books for a new client; the start was decided a week ago. @returns ids and the client's address */
  book(inMinutes: number, values?: Values): Promise<{ id: string; clientId: string; email: string }>;
  /** The reminders of an appointment, the earliest first. */
  listReminders(id: string): Promise<{ minutes_before: number; state: string }[]>;
}

interface Values {
  readonly client?: Partial<Insertable<DB['clients']>>;
  readonly appointment?: Partial<Insertable<DB['appointments']>>;
}

export async function createReminderClinic(
  server: TestServer,
  minutesBefore: readonly number[],
): Promise<ReminderClinic> {
  const domain = `${randomUUID()}.test`;
  const { db } = server;
  await server.createClinic(domain);
  const [person] = await db.system((tx) =>
    tx.run(qb.selectFrom('professionals').select(['clinic_id', 'id']).where('email', '=', `ana@${domain}`)),
  );
  if (person === undefined) throw new Error('no clinic');
  const { clinic_id: clinicId, id: professionalId } = person;
  const reminders = JSON.stringify(minutesBefore.map((minutes) => ({ minutesBefore: minutes, channel: 'email' })));
  const settings = { name: 'Clínica Exemplo', phone: '+551133334444', address: 'Rua das Flores, 10, sala 4' };
  await db.system((tx) =>
    tx.run(
      qb
        .updateTable('clinics')
        .set({ ...settings, reminders, updated_at: sql`now() - interval '30 days'` })
        .where('id', '=', clinicId),
    ),
  );
  return {
    clinicId,
    professionalId,
    book: (inMinutes, { client = {}, appointment = {} } = {}) =>
      db.system(async (tx) => {
        const email = `${randomUUID()}@cliente.test`;
        const owner = { clinic_id: clinicId, professional_id: professionalId };
        const { id: clientId } = onlyRow(
          await tx.run(
            qb
              .insertInto('clients')
              .values({ ...owner, first_name: 'Maria', last_name: 'Souza', email, ...client })
              .returning('id'),
          ),
        );
        const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 + inMinutes * 60_000);
        const { id } = onlyRow(
          await tx.run(
            qb
              .insertInto('appointments')
              .values({
                ...owner,
                client_id: clientId,
                visit_type: 'consulta',
                start_at: start,
                end_at: new Date(start.getTime() + 50 * 60_000),
                local_start: toLocalTime(start, timeZone),
                time_zone: timeZone,
                start_set_at: new Date(Date.now() - 7 * 24 * 3_600_000),
                overlap_reason: 'teste',
                ...appointment,
              })
              .returning('id'),
          ),
        );
        return { id, clientId, email };
      }),
    listReminders: (id) =>
      db.system((tx) =>
        tx.run(
          qb
            .selectFrom('appointment_reminders')
            .select(['minutes_before', 'state'])
            .where('appointment_id', '=', id)
            .orderBy('start_at')
            .orderBy('minutes_before', 'desc'),
        ),
      ),
  };
}

/** Waits until no job is due or running. */
export const untilJobsAreDone = ({ db }: TestServer): Promise<void> =>
  expect.poll(() => countJobs(db), { timeout: 20_000 }).toMatchObject({ due: 0, running: 0 });
