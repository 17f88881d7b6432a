import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Agenda, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { Series } from '../../../shared/contracts/agenda/series.ts';
import { addDays, toInstant } from '../../../shared/zoned-time.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { extendSeries } from './keeping.ts';

let server: TestServer;
let agenda: Agenda;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  warnings = [];
  agenda = await openAgenda(server);
  // Every day and hour, so that the calendar of today does not matter.
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
  const params = { id: agenda.ana.professionalId };
  await agenda.ana.api('PUT /professionals/{id}/hours', { params, body: { weekly, exceptions: [] } });
});
afterAll(() => server.stop());

const today = (): string => addDays(new Date().toISOString().slice(0, 10), 0);
const tomorrow = (): string => addDays(today(), 1);

/** An open weekly series from tomorrow on; holidays are booked as any other day. */
async function open(values: object = {}): Promise<Series> {
  const clientId = await registerClient(agenda.ana, agenda.ana.professionalId);
  const body = {
    ...{ clientId, professionalId: agenda.ana.professionalId, visitType: 'retorno', localStart: `${tomorrow()}T10:00` },
    rule: { every: 1, unit: 'week' as const },
    ...values,
  };
  const tried = (await agenda.ana.api('POST /series', { body: { ...body, dryRun: true } })).body as {
    dates: { date: string; startAt: string; state: string }[];
  };
  const choices = Object.fromEntries(
    tried.dates.filter(({ state }) => state !== 'free').map(({ date, startAt }) => [date, startAt]),
  );
  return (await agenda.ana.api('POST /series', { body: { ...body, choices } })).body as Series;
}

const read = async (id: string) => (await agenda.ana.api('GET /series/{id}', { params: { id } })).body;
const datesOf = ({ appointments, gaps }: Series): string[] =>
  [...appointments.map(({ localStart }) => localStart.slice(0, 10)), ...gaps.map(({ date }) => date)].sort();

/** Makes it look as if the series was last extended some weeks ago, when its last dates were not booked yet. */
async function turnBack(id: string, weeks: number): Promise<string[]> {
  const before = datesOf(await read(id));
  const kept = before.slice(0, before.length - weeks);
  const through = kept.at(-1) ?? '';
  await server.db.system(async (tx) => {
    const gone = sql`series_id = ${id} and start_at > ${toInstant(`${through}T23:59`, 'America/Sao_Paulo')}`;
    await tx.run(sql`update appointments set series_id = null, deleted_at = now() where ${gone}`);
    await tx.run(sql`delete from series_gaps where ${gone}`);
    await tx.run(sql`update series set planned_through = ${through} where id = ${id}`);
  });
  return before;
}

/** What the log says, without its words. */
let warnings: object[] = [];
const noteWarning = (facts: unknown): void => {
  warnings.push(facts as object);
};

/** Several processes at once. */
const extendAtOnce = () =>
  Promise.all(Array.from({ length: 4 }, () => extendSeries({ db: server.db, log: { warn: noteWarning } })));

describe('an open series', () => {
  it('is booked 26 weeks ahead, and kept so, each date once', async () => {
    const made = await open();
    expect(made.appointments).toHaveLength(26);
    expect(made.appointments.at(-1)?.localStart).toBe(`${addDays(tomorrow(), 25 * 7)}T10:00`);
    const before = await turnBack(made.id, 5);
    await extendAtOnce();
    const after = await read(made.id);
    expect(datesOf(after)).toEqual(before);
    await extendAtOnce();
    expect(datesOf(await read(made.id))).toEqual(before);
    const last = after.appointments.at(-1);
    expect(last?.originalStart).toBe(last?.startAt);
    const { history } = (await agenda.ana.api('GET /appointments/{id}', { params: { id: last?.id ?? '' } })).body;
    expect(history).toMatchObject([{ action: 'series', by: null }]);
  });

  it('notes what cannot be booked', async () => {
    const made = await open();
    const before = await turnBack(made.id, 3);
    const [taken = '', off = ''] = before.slice(-2);
    const other = await registerClient(agenda.ana, agenda.ana.professionalId);
    const base = { clientId: other, professionalId: agenda.ana.professionalId, visitType: 'retorno' };
    await agenda.ana.api('POST /appointments', { body: { ...base, localStart: `${taken}T10:15` } });
    await agenda.ana.api('POST /time-off', {
      body: { professionalId: agenda.ana.professionalId, localStart: `${off}T00:00`, localEnd: `${off}T12:00` },
    });
    await extendAtOnce();
    const after = await read(made.id);
    expect(datesOf(after)).toEqual(before);
    expect(after.gaps.filter(({ date }) => [taken, off].includes(date)).map(({ state }) => state)).toEqual([
      'conflict',
      'absent',
    ]);
  });

  it('notes why its dates cannot be booked once its room is out of use or its professional treats nobody', async () => {
    const { ana, bruno } = agenda;
    const headers = { 'if-match': '*' };
    const { body: room } = await ana.api('POST /rooms', { body: { name: 'Sala 1' } });
    const inRoom = await open({ roomId: room.id });
    const brunos = await open({ professionalId: bruno.professionalId, localStart: `${tomorrow()}T12:00` });
    const others = await open({ localStart: `${tomorrow()}T14:00` });
    const dates = [];
    for (const { id } of [inRoom, brunos, others]) dates.push(await turnBack(id, 3));
    await ana.api('PATCH /rooms/{id}', { params: { id: room.id }, body: { active: false }, headers });
    await ana.api('PATCH /professionals/{id}', {
      ...{ params: { id: bruno.professionalId }, body: { role: 'reception' }, headers },
    });
    await extendAtOnce();
    const after = await Promise.all([inRoom, brunos, others].map(({ id }) => read(id)));
    expect(after.map(datesOf)).toEqual(dates);
    const lastGaps = after.map(({ gaps }) => gaps.slice(-3).map(({ state }) => state));
    expect(lastGaps[0]).toEqual(['roomUnused', 'roomUnused', 'roomUnused']);
    expect(lastGaps[1]).toEqual(['notTreating', 'notTreating', 'notTreating']);
    const told = [
      { event: 'series_not_booked', seriesId: inRoom.id, hindrance: 'roomUnused', dates: 3 },
      { event: 'series_not_booked', seriesId: brunos.id, hindrance: 'notTreating', dates: 3 },
    ];
    expect(warnings).toHaveLength(2);
    expect(warnings).toEqual(expect.arrayContaining(told));

    // The next round has nothing to do; the next dates are booked again once the room is in use.
    const versions = after.map(({ version }) => version);
    await extendAtOnce();
    expect(
      (await Promise.all([inRoom, brunos, others].map(({ id }) => read(id)))).map(({ version }) => version),
    ).toEqual(versions);
    expect(warnings).toHaveLength(2);
    await ana.api('PATCH /rooms/{id}', { params: { id: room.id }, body: { active: true }, headers });
    await turnBack(inRoom.id, 2);
    await extendAtOnce();
    const again = await read(inRoom.id);
    expect(datesOf(again)).toEqual(dates[0]);
    expect(again.gaps.filter(({ state }) => state === 'roomUnused')).toHaveLength(1);
  });

  it('waits while its client is archived or its professional has left, and ends when it is canceled', async () => {
    const [archived, ended] = [await open(), await open({ localStart: `${tomorrow()}T12:00` })];
    await server.db.system((tx) =>
      tx.run(qb.updateTable('clients').set({ archived_at: new Date() }).where('id', '=', archived.clientId)),
    );
    await agenda.ana.api('PATCH /series/{id}', {
      params: { id: ended.id },
      body: { scope: 'following', appointmentId: ended.appointments[10]?.id ?? '', cancel: {} },
      headers: { 'if-match': '*' },
    });
    await turnBack(archived.id, 3);
    const remaining = datesOf(await read(ended.id));
    await server.db.system((tx) =>
      tx.run(sql`update series set planned_through = planned_through - 21 where id = ${ended.id}`),
    );
    await extendAtOnce();
    expect((await read(archived.id)).appointments).toHaveLength(23);
    expect(datesOf(await read(ended.id))).toEqual(remaining);
    await agenda.ana.api('POST /clients/{id}/restore', { params: { id: archived.clientId } });
    await extendAtOnce();
    expect((await read(archived.id)).appointments.length).toBeGreaterThan(23);
  });

  it('goes on from the dates that it was moved to', async () => {
    const made = await open();
    const moved = await agenda.ana
      .api('PATCH /series/{id}', {
        params: { id: made.id },
        body: {
          scope: 'following',
          appointmentId: made.appointments[2]?.id ?? '',
          localStart: `${addDays(tomorrow(), 15)}T16:00`,
          choices: {},
        },
        headers: { 'if-match': '*' },
      })
      .catch((error: unknown) => error as { problem: { dates: { date: string; startAt: string; state: string }[] } });
    // Holidays among the new dates are booked, too.
    if ('problem' in moved) {
      const choices = Object.fromEntries(
        moved.problem.dates.filter(({ state }) => state !== 'free').map(({ date, startAt }) => [date, startAt]),
      );
      await agenda.ana.api('PATCH /series/{id}', {
        params: { id: made.id },
        body: {
          scope: 'following',
          appointmentId: made.appointments[2]?.id ?? '',
          localStart: `${addDays(tomorrow(), 15)}T16:00`,
          choices,
        },
        headers: { 'if-match': '*' },
      });
    }
    const before = await turnBack(made.id, 4);
    await extendAtOnce();
    const after = await read(made.id);
    expect(datesOf(after)).toEqual(before);
    expect(new Set(after.appointments.slice(2).map(({ localStart }) => localStart.slice(11)))).toEqual(
      new Set(['16:00']),
    );
  });
});
