import type { Insertable } from 'kysely';
import { qb } from '../../src/server/db/query-builder.ts';
import type { DB } from '../../src/server/db/schema.generated.ts';
import { toLocalTime } from '../../src/shared/zoned-time.ts';
import type { SignedIn, TestServer } from './server.ts';

type Values = Partial<Insertable<DB['appointments']>>;

export interface Planned extends Values {
  /** Minutes from now to its start. */
  readonly inMinutes: number;
  readonly client_id: string;
}

const timeZone = 'America/Sao_Paulo';

/** Writes an appointment as it is, past or canceled ones too. @returns its id */
export async function insertAppointment(
  server: TestServer,
  who: SignedIn,
  { inMinutes, ...values }: Planned,
): Promise<string> {
  const clinicId = (await who.api('GET /me')).body.clinic.id;
  const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 + inMinutes * 60_000);
  const rows = await server.db.system((tx) =>
    tx.run(
      qb
        .insertInto('appointments')
        .values({
          clinic_id: clinicId,
          professional_id: who.professionalId,
          visit_type: 'consulta',
          start_at: start,
          end_at: new Date(start.getTime() + 50 * 60_000),
          local_start: toLocalTime(start, timeZone),
          time_zone: timeZone,
          ...values,
        })
        .returning('id'),
    ),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no appointment was inserted');
  return row.id;
}
