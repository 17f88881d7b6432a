import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agenda, answerTo, at, openAgenda } from '../../../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';

const races = 8;

describe('what many wait for at once, on a connection that is new', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    // One connection, so that its statements and settings can be asked for.
    server = await startTestServer({ DB_POOL_MAX: '1' });
    agenda = await openAgenda(server);
    for (let race = 0; race <= races; race++)
      expect(await book()).toBe(race === 0 ? '201' : '409 appointment_conflict');
  });
  afterAll(() => server.stop());

  const book = () => {
    const body = {
      clientId: agenda.brunosClient,
      professionalId: agenda.bruno.professionalId,
      visitType: 'consulta',
      startAt: at('10:00'),
    };
    return answerTo(agenda.carla.api('POST /appointments', { body }));
  };

  const listPlans = (part: string) =>
    server.db.system((tx) =>
      tx.run(
        sql<{ custom: number; generic: number }>`
          select custom_plans::integer as custom, generic_plans::integer as generic from pg_prepared_statements
          where strpos(statement, ${part}) > 0 and name <> ''`,
      ),
    );

  it.each([
    ['the nearest free times', 'range_agg', races],
    ['what overlaps a time', 'as takes_time', races + 1],
    ['the clients', 'for key share', races + 1],
    ['the people and rooms', ') as makeups', races + 1],
  ])('%s: the statement is planned once, not for each of the first five', async (_, part, times) => {
    expect(await listPlans(part)).toEqual([{ custom: 0, generic: times }]);
  });

  it('other statements get the plan that suits their values', async () => {
    const [mode] = await server.db.system((tx) => tx.run(sql<{ plan_cache_mode: string }>`show plan_cache_mode`));
    expect(mode).toEqual({ plan_cache_mode: 'auto' });
    expect((await listPlans('as visit_type')).every(({ custom }) => custom > 0)).toBe(true);
  });
});
