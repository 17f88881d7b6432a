import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Agenda,
  answerTo,
  at,
  bookVisit,
  brunosVisit,
  monday,
  openAgenda,
} from '../../../../tests/support/agenda.ts';
import { asSuperuser } from '../../../../tests/support/merge-requests.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ApiError } from '../../../shared/api-client.ts';
import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import type { AppointmentInput } from '../../../shared/contracts/agenda/appointments.ts';

describe('availability', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agenda = await openAgenda(server);
  });

  const setHours = (hours: Partial<Hours>) =>
    agenda.ana.api('PUT /professionals/{id}/hours', {
      params: { id: agenda.bruno.professionalId },
      body: { weekly: [], exceptions: [], ...hours },
    });

  /** The starts that Bruno offers, by the wall clock. */
  async function startsOn(query: object, day = monday): Promise<string[]> {
    const { body } = await agenda.carla.api('GET /availability', {
      query: { from: day, to: day, professionalId: agenda.bruno.professionalId, ...query },
    });
    return body.items.flatMap(({ slots }) => slots.map(({ startAt }) => wall(startAt)));
  }
  const wall = (instant: string) => new Date(Date.parse(instant) - 3 * 3_600_000).toISOString().slice(11, 16);

  const book = (startAt: string, values: Partial<AppointmentInput> = {}) =>
    bookVisit(agenda.carla, brunosVisit(agenda, { startAt, ...values }));

  it('ends so that a visit still fits before closing: 90 minutes until 20:00 start at 18:30 at the latest', async () => {
    await setHours({ weekly: [{ weekday: 1, from: '17:00', to: '20:00' }] });
    expect(await startsOn({ durationMinutes: 90 })).toEqual(['17:00', '17:30', '18:00', '18:30']);
    expect(await startsOn({ visitType: 'procedimento' })).toEqual(['17:00', '17:30', '18:00', '18:30']);
  });

  it('keeps to the usual hours until others are set, and to several windows a day, up to midnight', async () => {
    const usual = await startsOn({ durationMinutes: 60 });
    expect([usual[0], usual.at(-1), usual.length]).toEqual(['08:00', '17:00', 19]);
    expect(await startsOn({ durationMinutes: 60 }, '2031-03-02')).toEqual([]);
    const weekly = [
      { weekday: 1, from: '22:30', to: '24:00' },
      { weekday: 1, from: '08:15', to: '09:45' },
      { weekday: 2, from: '00:00', to: '01:00' },
    ];
    const { body } = await setHours({ weekly });
    expect(body.weekly).toEqual([weekly[1], weekly[0], weekly[2]]);
    expect(await startsOn({ durationMinutes: 45 })).toEqual(['08:30', '09:00', '22:30', '23:00']);
    const over = await agenda.carla.api('GET /availability', {
      query: { from: monday, to: '2031-03-04', professionalId: agenda.bruno.professionalId, durationMinutes: 120 },
    });
    expect(over.body.items[0]?.slots.map(({ startAt }) => wall(startAt))).toEqual(['22:30', '23:00']);
  });

  it('leaves out what is booked, and keeps buffers free on both sides, which never refuse', async () => {
    const { ana, bruno } = agenda;
    await setHours({ weekly: [{ weekday: 1, from: '08:00', to: '12:00' }] });
    const types = (await ana.api('GET /visit-types')).body.items;
    const id = types.find(({ key }) => key === 'retorno')?.id ?? '';
    await ana.api('PATCH /visit-types/{id}', {
      params: { id },
      body: { bufferMinutes: 20 },
      headers: { 'if-match': '"1"' },
    });
    const booked = await book(at('09:00'), { visitType: 'consulta' });
    expect(await startsOn({ visitType: 'retorno' })).toEqual(['08:00', '10:00', '10:30', '11:00', '11:30']);
    await book(at('10:00'), { visitType: 'retorno' });
    expect(await startsOn({ durationMinutes: 30 })).toEqual(['08:00', '08:30', '11:00', '11:30']);
    await book(at('10:30'), { visitType: 'retorno' });
    expect(await startsOn({ moving: booked.id }), 'the appointment that moves is not in its own way').toEqual([
      '08:00',
      '08:30',
      '09:00',
    ]);
    const { body } = await ana.api('GET /availability', {
      query: { from: monday, to: monday, professionalId: bruno.professionalId },
    });
    expect(body.items[0]?.free.map(({ startAt, endAt }) => [wall(startAt), wall(endAt)])).toEqual([
      ['08:00', '09:00'],
      ['11:00', '12:00'],
    ]);
  });

  it('is closed on holidays, open where an exception names the day, and away in time off', async () => {
    const { ana } = agenda;
    const tuesday = '2031-04-22';
    const tiradentes = '2031-04-21';
    expect(await startsOn({ durationMinutes: 60 }, tiradentes)).toEqual([]);
    await setHours({
      weekly: [1, 2].map((weekday) => ({ weekday, from: '08:00', to: '10:00' })),
      exceptions: [
        { date: tiradentes, windows: [{ from: '14:00', to: '15:00' }] },
        { date: monday, windows: [] },
      ],
    });
    expect(await startsOn({ durationMinutes: 60 }, tiradentes)).toEqual(['14:00']);
    expect(await startsOn({ durationMinutes: 60 })).toEqual([]);
    expect(await startsOn({ durationMinutes: 60 }, tuesday)).toEqual(['08:00', '08:30', '09:00']);
    await ana.api('POST /holidays', { body: { date: tuesday, name: 'Padroeira' } });
    expect(await startsOn({ durationMinutes: 60 }, tuesday)).toEqual([]);
    const wednesday = '2031-04-23';
    await setHours({ weekly: [{ weekday: 3, from: '08:00', to: '12:00' }] });
    await ana.api('POST /time-off', { body: { localStart: `${wednesday}T09:00`, localEnd: `${wednesday}T11:00` } });
    expect(await startsOn({ durationMinutes: 60 }, wednesday)).toEqual(['08:00', '11:00']);
  });

  it('lists the appointments that an absence leaves to be settled, and takes it back', async () => {
    const { bruno, carla, ana } = agenda;
    const { id } = await book(at('09:00'));
    await book(at('14:00'));
    const absence = { localStart: `${monday}T08:00`, localEnd: `${monday}T12:00`, reason: 'curso' };
    const { body } = await bruno.api('POST /time-off', { body: absence });
    expect(body).toMatchObject({
      professionalId: bruno.professionalId,
      localStart: `${monday}T08:00`,
      inTheWay: [{ id, startAt: at('09:00'), endAt: at('10:00') }],
    });
    expect(await answerTo(bruno.api('POST /time-off', { body: { ...absence, professionalId: null } }))).toBe(
      '403 forbidden',
    );
    const listed = await carla.api('GET /time-off', { query: { professionalId: bruno.professionalId } });
    expect(listed.body.items.map((each) => each.id)).toEqual([body.id]);
    await carla.api('DELETE /time-off/{id}', { params: { id: body.id } });
    expect((await ana.api('GET /time-off')).body.items).toEqual([]);
  });

  it('has the holidays of the country and the state, chosen optional ones, and those entered by hand', async () => {
    const { ana } = agenda;
    const closed = async () =>
      (await ana.api('GET /holidays', { query: { year: 2026 } })).body.items
        .filter((holiday) => holiday.closed)
        .map(({ date, kind }) => `${date} ${kind}`);
    expect(await closed()).not.toContain('2026-07-09 state');
    await ana.api('PATCH /clinic', {
      body: { state: 'SP', optionalHolidays: ['Corpus Christi'] },
      headers: { 'if-match': '"1"' },
    });
    expect(await closed()).toEqual(expect.arrayContaining(['2026-07-09 state', '2026-06-04 optional']));
    const { body } = await ana.api('POST /holidays', { body: { date: '2026-01-25', name: 'Aniversário da cidade' } });
    expect(body).toMatchObject({ kind: 'municipal', closed: true });
    const again = { date: '2026-01-25', name: 'Outro' };
    expect(await answerTo(ana.api('POST /holidays', { body: again }))).toBe('409 duplicate_holiday');
    expect(await answerTo(ana.api('POST /holidays', { body: { ...again, date: '2026-12-25' } }))).toBe(
      '409 duplicate_holiday',
    );
    await ana.api('POST /holidays', { body: { date: '2026-11-20', name: 'Trabalhamos', closed: false } });
    expect(await closed()).not.toContain('2026-11-20 national');
    await ana.api('DELETE /holidays/{id}', { params: { id: body.id } });
    expect(await closed()).not.toContain('2026-01-25 municipal');
  });

  it('refuses windows beyond 62 days, unknown kinds of visit and people whose agenda one may not see', async () => {
    const { carla, bruno, ana, vera } = agenda;
    const ask = (query: object) =>
      answerTo(carla.api('GET /availability', { query: { from: '2031-01-01', to: '2031-01-02', ...query } }));
    expect(await ask({ to: '2031-03-05' })).toBe('422 invalid_request');
    expect(await ask({ to: '2030-12-31' })).toBe('422 invalid_request');
    expect(await ask({ visitType: 'nenhum' })).toBe('422 invalid_request');
    expect(await ask({ professionalId: vera.professionalId })).toBe('404 not_found');
    const own = await bruno.api('GET /availability', { query: { from: monday, to: monday } });
    expect(own.body.items.map(({ professionalId }) => professionalId)).toEqual([bruno.professionalId]);
    const asked = { from: monday, to: monday, professionalId: [bruno.professionalId, ana.professionalId] };
    expect(await answerTo(bruno.api('GET /availability', { query: asked }))).toBe('404 not_found');
    expect((await carla.api('GET /availability', { query: asked })).body.items).toHaveLength(2);
  });
});

describe('settings of the clinic', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    server = await startTestServer();
    agenda = await openAgenda(server);
  });
  afterAll(() => server.stop());

  it('are changed by administrators, one change at a time', async () => {
    const { ana, carla } = agenda;
    const { body, etag } = await carla.api('GET /clinic');
    expect(body).toMatchObject({
      timeZone: 'America/Sao_Paulo',
      slotMinutes: 30,
      optionalHolidays: [],
      reminders: [],
      overlap: 'allow',
    });
    const change = (by: typeof ana, values: object) =>
      by.api('PATCH /clinic', { body: values, headers: { 'if-match': etag ?? '' } });
    expect(await answerTo(change(carla, { slotMinutes: 15 }))).toBe('403 forbidden');
    const changed = await change(ana, { slotMinutes: 15, reminders: [{ minutesBefore: 60, channel: 'email' }] });
    expect(changed.body).toMatchObject({ slotMinutes: 15, reminders: [{ minutesBefore: 60, channel: 'email' }] });
    expect(await answerTo(change(ana, { slotMinutes: 20 }))).toBe('412 stale');
  });

  it('take optional holidays in any spelling of a known name, each once', async () => {
    const { ana } = agenda;
    const choose = (optionalHolidays: string[]) =>
      ana.api('PATCH /clinic', { body: { optionalHolidays }, headers: { 'if-match': '*' } });
    const { body } = await choose(['corpus christi', 'TERCA-FEIRA DE CARNAVAL', 'Corpus Christi']);
    expect(body.optionalHolidays).toEqual(['Terça-feira de Carnaval', 'Corpus Christi']);
    const refused = await choose(['Corpus Christi', 'Carnavall']).catch((error: unknown) => error as ApiError);
    expect(refused).toMatchObject({
      status: 422,
      problem: {
        errors: [
          {
            path: 'optionalHolidays.1',
            code: 'unknown_holiday',
            message: expect.stringContaining(
              'Terça-feira de Carnaval, Quarta-feira de Cinzas, Corpus Christi',
            ) as string,
          },
        ],
      },
    });
    await asSuperuser(server, `update clinics set optional_holidays = '{Nada,Corpus Christi}'`, []);
    expect((await ana.api('GET /clinic')).body.optionalHolidays).toEqual(['Corpus Christi']);
  });

  it('include rooms and kinds of visit', async () => {
    const { ana, carla } = agenda;
    const types = (await carla.api('GET /visit-types')).body.items.map(({ key }) => key);
    expect(types).toEqual(['consulta', 'avaliacao', 'retorno', 'procedimento', 'outro']);
    const laser = { key: 'laser', name: 'Laser', minutes: 40 };
    const added = await ana.api('POST /visit-types', { body: laser });
    expect(added.body).toMatchObject({ ...laser, bufferMinutes: 0, color: 'teal', active: true });
    expect(await answerTo(ana.api('POST /visit-types', { body: laser }))).toBe('409 duplicate_visit_type');
    const { body: room } = await ana.api('POST /rooms', { body: { name: 'Sala 1' } });
    const twice = (name: string) => answerTo(ana.api('POST /rooms', { body: { name } }));
    expect([await twice('Sala 1'), await twice('SÁLA  1')]).toEqual(['409 duplicate_room', '409 duplicate_room']);
    const { body: other } = await ana.api('POST /rooms', { body: { name: 'Sala 2' } });
    const rename = (name: string) =>
      answerTo(
        ana.api('PATCH /rooms/{id}', { params: { id: other.id }, body: { name }, headers: { 'if-match': '*' } }),
      );
    expect([await rename('sala 1'), await rename('SALA 2')]).toEqual(['409 duplicate_room', '200']);
    const renamed = await ana.api('PATCH /rooms/{id}', {
      params: { id: room.id },
      body: { active: false },
      headers: { 'if-match': '"1"' },
    });
    expect(renamed.body).toEqual({ ...room, active: false, version: 2 });
    expect(await answerTo(carla.api('POST /rooms', { body: { name: 'Sala 2' } }))).toBe('403 forbidden');
  });
});
