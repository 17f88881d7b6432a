import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agenda, at, bookVisit, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ApiError } from '../../../shared/api-client.ts';
import type { Series, SeriesInput, SeriesPatch } from '../../../shared/contracts/agenda/series.ts';

let server: TestServer;
let agenda: Agenda;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** The Mondays of March 2031. */
const mondays = ['2031-03-03', '2031-03-10', '2031-03-17', '2031-03-24', '2031-03-31'];
const tenOClock = mondays.map((day) => at('10:00', day));

const input = (values: Partial<SeriesInput> = {}): SeriesInput => ({
  clientId: agenda.anasClient,
  professionalId: agenda.ana.professionalId,
  visitType: 'retorno',
  localStart: '2031-03-03T10:00',
  rule: { every: 1, unit: 'week', count: 5 },
  ...values,
});

const post = (values?: Partial<SeriesInput>, headers: Record<string, string> = {}) =>
  agenda.ana.api('POST /series', { body: input(values), headers });

const asDates = (body: object) => (body as { dates: { date: string; state: string; nearest?: string | null }[] }).dates;

async function create(values?: Partial<SeriesInput>): Promise<Series> {
  return (await post(values)).body as Series;
}

const dryRun = async (values: Partial<SeriesInput> = {}) => asDates((await post({ ...values, dryRun: true })).body);

const refusal = (
  work: Promise<unknown>,
): Promise<{ status: number; code: string; dates: ReturnType<typeof asDates> }> =>
  work.then(
    () => expect.unreachable('it should have been refused'),
    (reason: unknown) => {
      const { status, problem } = reason as ApiError;
      return { status, code: problem.code, dates: asDates(problem) };
    },
  );

const book = (startAt: string, clientId = agenda.anasClient, professionalId = agenda.ana.professionalId) =>
  bookVisit(agenda.ana, { clientId, professionalId, startAt, visitType: 'retorno' });

const countAppointments = async () =>
  (await agenda.ana.api('GET /appointments', { query: { limit: 1 } })).body.total.value;

const read = async (id: string) => (await agenda.ana.api('GET /series/{id}', { params: { id } })).body;

const patch = (id: string, body: SeriesPatch, ifMatch = '*') =>
  agenda.ana.api('PATCH /series/{id}', { params: { id }, body, headers: { 'if-match': ifMatch } });

const starts = ({ appointments }: Pick<Series, 'appointments'>) =>
  appointments.filter(({ status }) => status !== 'canceled').map(({ startAt }) => startAt);

const statuses = ({ appointments }: Series) => appointments.map(({ status }) => status);

describe('booking a series', () => {
  beforeAll(async () => {
    agenda = await openAgenda(server);
  });

  it('tries without booking: each date’s state and the nearest alternative', async () => {
    const busy = await book(at('10:00', mondays[1]));
    await agenda.ana.api('POST /time-off', {
      body: { professionalId: agenda.ana.professionalId, localStart: '2031-03-17T00:00', localEnd: '2031-03-18T00:00' },
    });
    await agenda.ana.api('POST /holidays', { body: { date: '2031-03-24', name: 'Aniversário da cidade' } });
    const before = await countAppointments();
    const response = await post({ dryRun: true });
    expect(response.status).toBe(200);
    expect(asDates(response.body)).toEqual([
      { date: mondays[0], startAt: tenOClock[0], state: 'free' },
      { date: mondays[1], startAt: tenOClock[1], state: 'conflict', nearest: at('09:30', mondays[1]) },
      { date: mondays[2], startAt: tenOClock[2], state: 'absent', nearest: expect.any(String) as string },
      { date: mondays[3], startAt: tenOClock[3], state: 'holiday', nearest: expect.any(String) as string },
      { date: mondays[4], startAt: tenOClock[4], state: 'free' },
    ]);
    expect(
      (await dryRun({ localStart: '2031-03-02T10:00', rule: { every: 1, unit: 'week', count: 1 } }))[0],
    ).toMatchObject({
      state: 'closed',
    });
    expect(await countAppointments()).toBe(before);
    await agenda.ana.api('POST /appointments/{id}/transitions', { params: { id: busy.id }, body: { to: 'canceled' } });
  });

  it('is refused when it goes beyond 2100, or has two ends', async () => {
    const faults = (values: Partial<SeriesInput>) =>
      post(values).then(
        () => expect.unreachable('it should have been refused'),
        (reason: unknown) =>
          ((reason as ApiError).problem.errors ?? []).map(({ path, code, message }) => [path, code, message]),
      );
    expect(await faults({ localStart: '2099-06-01T10:00', rule: { every: 12, unit: 'month', count: 4 } })).toEqual([
      ['rule.count', 'beyond_calendar', 'A agenda vai até o ano 2100. Use menos datas.'],
    ]);
    expect(await faults({ rule: { every: 1, unit: 'week', count: 4, until: '2031-04-01' } })).toEqual([
      ['rule.until', 'one_series_end', 'Informe o número de datas ou a data final da série, não os dois.'],
    ]);
  });

  it('is refused as a whole as long as a date is open, and then done as chosen', async () => {
    const before = await countAppointments();
    const refused = await refusal(post());
    expect(refused).toMatchObject({ status: 409, code: 'series_conflict' });
    expect(refused.dates.map(({ state }) => state)).toEqual(['free', 'free', 'absent', 'holiday', 'free']);
    expect(await countAppointments()).toBe(before);
    const made = await create({
      choices: { '2031-03-17': 'skip', '2031-03-24': at('10:00', '2031-03-25'), '2031-03-31': at('16:00', mondays[4]) },
    });
    expect(starts(made)).toEqual([tenOClock[0], tenOClock[1], at('10:00', '2031-03-25'), at('16:00', mondays[4])]);
    expect(made.appointments.map(({ originalStart }) => originalStart)).toEqual([
      tenOClock[0],
      tenOClock[1],
      tenOClock[3],
      tenOClock[4],
    ]);
    expect(made.gaps).toEqual([{ date: '2031-03-17', startAt: tenOClock[2], state: 'absent' }]);
    expect(made).toMatchObject({ version: 1, durationMinutes: 30, localStart: '2031-03-03T10:00', endedAt: null });
    const [first] = made.appointments;
    const { history } = (await agenda.ana.api('GET /appointments/{id}', { params: { id: first?.id ?? '' } })).body;
    expect(history.map(({ action }) => action)).toEqual(['series']);
    expect(await read(made.id)).toEqual(made);
  });

  it('takes a chosen time on a holiday, but none where somebody is, and no choice of another date', async () => {
    const clientId = await registerClient(agenda.ana, agenda.ana.professionalId);
    const rule = { every: 1, unit: 'week', count: 1 } as const;
    const onHoliday = { clientId, localStart: '2031-03-24T11:00', rule };
    expect((await refusal(post(onHoliday))).dates[0]?.state).toBe('holiday');
    expect(starts(await create({ ...onHoliday, choices: { '2031-03-24': at('11:00', '2031-03-24') } }))).toHaveLength(
      1,
    );
    const there = { ...onHoliday, choices: { '2031-03-24': at('10:00', '2031-03-25') } };
    expect((await refusal(post(there))).dates[0]?.state).toBe('conflict');
    await expect(post({ choices: { '2031-03-04': 'skip' } })).rejects.toMatchObject({ status: 422 });
  });

  it('counts it as a conflict when the client is elsewhere at that time', async () => {
    const clientId = await registerClient(agenda.ana, agenda.bruno.professionalId);
    await book(at('15:00', '2031-07-14'), clientId, agenda.bruno.professionalId);
    const dates = await dryRun({
      clientId,
      localStart: '2031-07-07T15:00',
      rule: { every: 1, unit: 'week', count: 3 },
    });
    expect(dates.map(({ state }) => state)).toEqual(['free', 'conflict', 'free']);
  });

  it('asks about months that have no such day', async () => {
    const monthly = { localStart: '2031-05-31T10:00', rule: { every: 1, unit: 'month', count: 3 } } as const;
    const dates = await dryRun(monthly);
    expect(dates.map(({ date, state }) => `${date} ${state}`)).toEqual([
      '2031-05-31 closed',
      '2031-06-30 missing',
      '2031-07-31 free',
    ]);
    const made = await create({ ...monthly, choices: { '2031-05-31': 'skip', '2031-06-30': 'skip' } });
    expect(made.gaps.map(({ state }) => state)).toEqual(['closed', 'missing']);
    expect(starts(made)).toEqual([at('10:00', '2031-07-31')]);
  });

  it('is done once for one Idempotency-Key, and by one of those who want the same times', async () => {
    const clientIds = await Promise.all(
      Array.from({ length: 8 }, () => registerClient(agenda.ana, agenda.ana.professionalId)),
    );
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const twice = { localStart: '2031-08-04T10:00', clientId: clientIds[0] ?? '' };
    const [first, second] = await Promise.all([post(twice, headers), post(twice, headers)]);
    expect((first.body as Series).id).toBe((second.body as Series).id);
    const before = await countAppointments();
    const raced = await Promise.allSettled(
      clientIds.map((clientId) => post({ clientId, localStart: '2031-10-06T10:00' })),
    );
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of raced)
      if (result.status === 'rejected')
        expect((result.reason as { problem: { code: string } }).problem.code).toBe('series_conflict');
    expect(await countAppointments()).toBe(before + 5);
  });

  it('takes its places in a package of sessions, or none', async () => {
    const { ana } = agenda;
    const clientId = await registerClient(ana, ana.professionalId);
    const make = async (total: number) =>
      (await ana.api('POST /session-packages', { body: { clientId, total } })).body.id;
    const few = await make(4);
    const before = await countAppointments();
    await expect(post({ clientId, packageId: few, localStart: '2031-11-03T14:00' })).rejects.toMatchObject({
      problem: { code: 'package_used_up' },
    });
    expect(await countAppointments()).toBe(before);
    const packageId = await make(10);
    const made = await create({ clientId, packageId, localStart: '2031-11-03T14:00' });
    expect(made.appointments.map(({ session }) => session?.number)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each<[string, Partial<SeriesInput>]>([
    ['ends before it begins', { rule: { every: 1, unit: 'week', until: '2031-03-01' } }],
    ['has more dates than five years of weeks', { rule: { every: 1, unit: 'week', until: '2040-01-01' } }],
    ['is of a kind of visit that is not there', { visitType: 'massagem' }],
  ])('is refused when it %s', async (_what, values) => {
    await expect(post(values)).rejects.toMatchObject({ status: 422 });
  });

  it('shows professionals their own, and nobody another clinic’s', async () => {
    const { bruno, carla, vera } = agenda;
    const made = await create({ localStart: '2032-03-01T10:00' });
    const params = { id: made.id };
    expect((await carla.api('GET /series/{id}', { params })).body.id).toBe(made.id);
    const body = { scope: 'all' as const, appointmentId: made.appointments[0]?.id ?? '', title: 'x' };
    for (const who of [bruno, vera]) {
      await expect(who.api('GET /series/{id}', { params })).rejects.toMatchObject({ status: 404 });
      const change = who.api('PATCH /series/{id}', { params, body, headers: { 'if-match': '*' } });
      await expect(change).rejects.toMatchObject({ status: 404 });
    }
    await expect(bruno.api('POST /series', { body: input() })).rejects.toMatchObject({ status: 403 });
    await expect(
      vera.api('POST /series', { body: { ...input(), professionalId: vera.professionalId } }),
    ).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('changing a series', () => {
  let made: Series;
  const idAt = (place: number): string => made.appointments[place]?.id ?? '';

  /** A week of its own for each test, so that none takes another one's times. */
  let year = 2032;
  beforeAll(async () => {
    agenda = await openAgenda(server);
  });
  const open = async () => {
    year += 1;
    made = await create({
      localStart: firstMonday(),
      clientId: await registerClient(agenda.ana, agenda.ana.professionalId),
    });
  };
  const firstMonday = (time = '10:00'): string => {
    const day = new Date(Date.UTC(year, 6, 1));
    while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
    return `${day.toISOString().slice(0, 10)}T${time}`;
  };
  const day = (weeks: number, days = 0): string =>
    new Date(Date.parse(`${firstMonday().slice(0, 10)}T00:00Z`) + (weeks * 7 + days) * 86_400_000)
      .toISOString()
      .slice(0, 10);

  it('moves one alone, which then stays as it is when the others move', async () => {
    await open();
    const one = await patch(made.id, { scope: 'one', appointmentId: idAt(2), localStart: `${day(2, 1)}T15:00` }, '"1"');
    expect(one.headers.get('etag')).toBe('"2"');
    expect(starts(one.body)[2]).toBe(at('15:00', day(2, 1)));
    expect(one.body.appointments[2]?.originalStart).toBe(at('10:00', day(2)));
    await agenda.ana.api('POST /appointments/{id}/transitions', { params: { id: idAt(3) }, body: { to: 'canceled' } });
    const all = await patch(made.id, { scope: 'all', appointmentId: idAt(0), localStart: `${day(0, 2)}T11:00` });
    expect(all.body.appointments.map(({ startAt }) => startAt)).toEqual([
      at('11:00', day(0, 2)),
      at('11:00', day(1, 2)),
      at('15:00', day(2, 1)),
      at('10:00', day(3)),
      at('11:00', day(4, 2)),
    ]);
    expect(statuses(all.body)).toEqual(['scheduled', 'scheduled', 'scheduled', 'canceled', 'scheduled']);
    expect(all.body.localStart).toBe(`${day(0, 2)}T11:00`);
    await expect(patch(made.id, { scope: 'all', appointmentId: idAt(0), title: 'x' }, '"1"')).rejects.toMatchObject({
      status: 412,
    });
  });

  it('moves one and the following, and keeps what was before', async () => {
    await open();
    const { body } = await patch(made.id, {
      scope: 'following',
      appointmentId: idAt(2),
      localStart: `${day(2, 3)}T14:00`,
      durationMinutes: 60,
      title: 'Mais longa',
    });
    expect(starts(body)).toEqual([
      at('10:00', day(0)),
      at('10:00', day(1)),
      at('14:00', day(2, 3)),
      at('14:00', day(3, 3)),
      at('14:00', day(4, 3)),
    ]);
    expect(body.appointments.map(({ title }) => title)).toEqual([null, null, 'Mais longa', 'Mais longa', 'Mais longa']);
    expect(body.appointments.map(({ endAt }) => endAt)[4]).toBe(at('15:00', day(4, 3)));
    expect(body).toMatchObject({ durationMinutes: 60, rule: { count: 3 } });
    // And once more, from the new dates.
    const again = await patch(made.id, { scope: 'following', appointmentId: idAt(3), localStart: `${day(3)}T08:00` });
    expect(starts(again.body).slice(2)).toEqual([at('14:00', day(2, 3)), at('08:00', day(3)), at('08:00', day(4))]);
  });

  it('changes what is not a time without moving anything, the one that was moved by itself neither', async () => {
    await open();
    await patch(made.id, { scope: 'one', appointmentId: idAt(1), localStart: `${day(1, 1)}T16:00` });
    const { body } = await patch(made.id, { scope: 'following', appointmentId: idAt(1), title: 'Nova' });
    expect(starts(body)).toEqual(
      [0, 1, 2, 3, 4].map((week) => (week === 1 ? at('16:00', day(1, 1)) : at('10:00', day(week)))),
    );
    expect(body.appointments.map(({ title }) => title)).toEqual([null, 'Nova', 'Nova', 'Nova', 'Nova']);
    const moved = await patch(made.id, { scope: 'all', appointmentId: idAt(0), localStart: `${day(0)}T11:00` });
    expect(starts(moved.body)[1]).toBe(at('16:00', day(1, 1)));
  });

  it('changes nothing while a new date is taken, and does as chosen then', async () => {
    await open();
    const other = await registerClient(agenda.ana, agenda.ana.professionalId);
    await book(at('14:00', day(3)), other);
    const change: SeriesPatch = { scope: 'all', appointmentId: idAt(0), localStart: `${day(0)}T14:00` };
    const refused = await refusal(patch(made.id, change));
    expect(refused).toMatchObject({ status: 409, code: 'series_conflict' });
    expect(refused.dates.map(({ state }) => state)).toEqual(['free', 'free', 'free', 'conflict', 'free']);
    expect(starts(await read(made.id))).toEqual([0, 1, 2, 3, 4].map((week) => at('10:00', day(week))));
    const { body } = await patch(made.id, { ...change, choices: { [day(3)]: at('15:00', day(3)), [day(4)]: 'skip' } });
    expect(starts(body)).toEqual([...[0, 1, 2].map((week) => at('14:00', day(week))), at('15:00', day(3))]);
    expect(statuses(body)[4]).toBe('canceled');
  });

  it('moves into its own old times', async () => {
    await open();
    const { body } = await patch(made.id, { scope: 'all', appointmentId: idAt(0), localStart: `${day(0)}T10:15` });
    expect(starts(body)).toEqual([0, 1, 2, 3, 4].map((week) => at('10:15', day(week))));
    const later = await patch(made.id, { scope: 'following', appointmentId: idAt(1), localStart: `${day(2)}T10:15` });
    expect(starts(later.body)).toEqual([0, 2, 3, 4, 5].map((week) => at('10:15', day(week))));
  });

  it('gives it to a colleague', async () => {
    await open();
    const { bruno } = agenda;
    const { body } = await patch(made.id, {
      scope: 'following',
      appointmentId: idAt(3),
      professionalId: bruno.professionalId,
    });
    expect(body.appointments.map(({ professionalId }) => professionalId === bruno.professionalId)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(body.professionalId).toBe(bruno.professionalId);
  });

  it('cancels from a date on, the one that was moved too, and ends there', async () => {
    await open();
    await patch(made.id, { scope: 'one', appointmentId: idAt(4), localStart: `${day(4, 1)}T15:00` });
    const { body } = await patch(made.id, {
      scope: 'following',
      appointmentId: idAt(3),
      cancel: { reason: 'Alta', askedBy: 'clinic' },
    });
    expect(statuses(body)).toEqual(['scheduled', 'scheduled', 'scheduled', 'canceled', 'canceled']);
    expect(body.endedAt).toBe(day(3));
    expect(body.appointments[3]?.cancellation).toEqual({ reason: 'Alta', askedBy: 'clinic' });
    await expect(
      patch(made.id, { scope: 'one', appointmentId: idAt(3), localStart: `${day(3)}T09:00` }),
    ).rejects.toMatchObject({ problem: { code: 'invalid_transition' } });
    const one = await patch(made.id, { scope: 'one', appointmentId: idAt(0), cancel: {} });
    expect(statuses(one.body)[0]).toBe('canceled');
    const all = await patch(made.id, { scope: 'all', appointmentId: idAt(1), cancel: {} });
    expect(new Set(statuses(all.body))).toEqual(new Set(['canceled']));
  });

  /** A series of Ana's whose last two visits are Bruno's, who leads it from now on. */
  const openForTwo = async () => {
    await open();
    const professionalId = agenda.bruno.professionalId;
    await patch(made.id, { scope: 'following', appointmentId: idAt(3), professionalId });
  };
  const patchAsBruno = (body: SeriesPatch) =>
    agenda.bruno.api('PATCH /series/{id}', { params: { id: made.id }, body, headers: { 'if-match': '*' } });

  it('cancels, for a professional, nothing of a colleague whose visits they may not write', async () => {
    await openForTwo();
    const { body } = await patchAsBruno({ scope: 'all', appointmentId: idAt(3), cancel: {} });
    expect(body.appointments.map(({ id, status }) => [id, status])).toEqual([
      [idAt(3), 'canceled'],
      [idAt(4), 'canceled'],
    ]);
    expect(statuses(await read(made.id))).toEqual(['scheduled', 'scheduled', 'scheduled', 'canceled', 'canceled']);
    const others = patchAsBruno({ scope: 'one', appointmentId: idAt(0), cancel: {} });
    await expect(others).rejects.toMatchObject({ status: 404 });
  });

  it('moves, for a professional, nothing of a colleague whose visits they may not write', async () => {
    await openForTwo();
    await patchAsBruno({ scope: 'all', appointmentId: idAt(3), localStart: `${day(3)}T11:00`, title: 'Do Bruno' });
    const { appointments } = await read(made.id);
    expect(appointments.map(({ localStart, title }) => [localStart.slice(11), title])).toEqual([
      ...[0, 1, 2].map(() => ['10:00', null]),
      ...[3, 4].map(() => ['11:00', 'Do Bruno']),
    ]);
  });

  it('moves each where it is: in the agenda of its professional and in its room', async () => {
    await openForTwo();
    const { ana, bruno } = agenda;
    const { body: room } = await ana.api('POST /rooms', { body: { name: 'Sala 1' } });
    await ana.api('PATCH /appointments/{id}', {
      ...{ params: { id: idAt(4) }, body: { roomId: room.id }, headers: { 'if-match': '*' } },
    });
    // Bruno is busy where Ana's visits go, and Ana where his do: neither is in the way.
    const others = await registerClient(ana, ana.professionalId);
    await book(at('11:00', day(1)), others, bruno.professionalId);
    await book(at('11:00', day(3)), others);
    const change: SeriesPatch = { scope: 'all', appointmentId: idAt(0), localStart: `${day(0)}T11:00` };
    const busy = await book(at('11:00', day(2)), others);
    const inRoom = await bookVisit(ana, {
      ...{ clientId: others, professionalId: ana.professionalId, startAt: at('11:00', day(4)), roomId: room.id },
    });
    const refused = await refusal(patch(made.id, change));
    expect(refused.dates.map(({ state }) => state)).toEqual(['free', 'free', 'conflict', 'free', 'conflict']);
    // The nearest times are those of the one whose visit it is.
    await book(at('11:30', day(2)), await registerClient(ana, bruno.professionalId), bruno.professionalId);
    expect((await refusal(patch(made.id, change))).dates[2]?.nearest).toBe(at('10:30', day(2)));
    for (const { id } of [busy, inRoom])
      await ana.api('POST /appointments/{id}/transitions', { params: { id }, body: { to: 'canceled' } });
    const { body } = await patch(made.id, change);
    expect(starts(body)).toEqual([0, 1, 2, 3, 4].map((week) => at('11:00', day(week))));
    expect(body.appointments.map(({ professionalId }) => professionalId === bruno.professionalId)).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
  });

  it('loses an appointment that another client gets, which then stays as it is', async () => {
    await open();
    const clientId = await registerClient(agenda.ana, agenda.ana.professionalId);
    const { body: given } = await agenda.ana.api('PATCH /appointments/{id}', {
      ...{ params: { id: idAt(2) }, body: { clientId }, headers: { 'if-match': '*' } },
    });
    expect(given).toMatchObject({ clientId, seriesId: null, originalStart: null });
    const { body } = await patch(made.id, { scope: 'all', appointmentId: idAt(0), cancel: {} });
    expect(statuses(body)).toEqual(['canceled', 'canceled', 'canceled', 'canceled']);
    const left = await agenda.ana.api('GET /appointments/{id}', { params: { id: idAt(2) } });
    expect(left.body.status).toBe('scheduled');
  });

  it('knows only its own appointments', async () => {
    await open();
    const single = await book(at('18:00', day(0)), await registerClient(agenda.ana, agenda.ana.professionalId));
    await expect(patch(made.id, { scope: 'all', appointmentId: single.id, title: 'x' })).rejects.toMatchObject({
      status: 404,
    });
  });
});
