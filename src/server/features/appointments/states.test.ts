import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Agenda,
  answerTo,
  at,
  bookVisit,
  brunosVisit,
  openAgenda,
  registerClient,
} from '../../../../tests/support/agenda.ts';
import { ApiError } from '../../../shared/api-client.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AppointmentInput, AppointmentStatus } from '../../../shared/contracts/agenda/appointments.ts';
import { mayBecome } from './status.ts';

const states: readonly AppointmentStatus[] = [
  'scheduled',
  'confirmed',
  'arrived',
  'inProgress',
  'done',
  'noShow',
  'canceled',
];

describe('the states of an appointment', () => {
  const appointment = (status: string) => ({
    status,
    start_at: new Date('2026-12-01T13:00:00Z'),
    time_zone: 'America/Sao_Paulo',
  });
  const next = (status: string, now: string) =>
    states.filter((to) => mayBecome(appointment(status), { to }, new Date(now)));

  it('go forward, steps may be skipped; the end may be taken back until the day is over', () => {
    const during = '2026-12-01T18:00:00Z';
    expect(Object.fromEntries(states.map((status) => [status, next(status, during)]))).toEqual({
      scheduled: ['confirmed', 'arrived', 'inProgress', 'done', 'noShow', 'canceled'],
      confirmed: ['arrived', 'inProgress', 'done', 'noShow', 'canceled'],
      arrived: ['inProgress', 'done', 'canceled'],
      inProgress: ['done', 'canceled'],
      done: ['scheduled', 'confirmed', 'arrived', 'inProgress'],
      noShow: ['scheduled', 'confirmed', 'arrived', 'inProgress'],
      canceled: ['scheduled', 'confirmed', 'arrived', 'inProgress'],
    });
  });

  it('that are open go back to an earlier one only by name, and until the day is over', () => {
    const back = (from: AppointmentStatus, now: string, present = from) =>
      states.filter(
        (to) =>
          mayBecome(appointment(present), { to, from }, new Date(now)) &&
          !mayBecome(appointment(present), { to }, new Date(now)),
      );
    const during = '2026-12-01T18:00:00Z';
    expect(back('confirmed', during)).toEqual(['scheduled']);
    expect(back('arrived', during)).toEqual(['scheduled', 'confirmed']);
    expect(back('inProgress', during)).toEqual(['scheduled', 'confirmed', 'arrived']);
    expect(back('confirmed', '2026-11-20T18:00:00Z')).toEqual(['scheduled']);
    expect(back('arrived', '2026-12-02T03:00:00Z')).toEqual([]);
    expect(back('arrived', during, 'inProgress'), 'somebody else was faster').toEqual([]);
  });

  it('count the clinic’s day, not the one of UTC', () => {
    expect(next('done', '2026-12-02T02:59:00Z')).toHaveLength(4);
    expect(next('done', '2026-12-02T03:00:00Z')).toEqual([]);
    expect(next('scheduled', '2026-12-09T03:00:00Z')).toContain('done');
  });
});

describe('appointments through their states', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agenda = await openAgenda(server);
  });

  const book = (values: Partial<AppointmentInput> = {}) => bookVisit(agenda.carla, brunosVisit(agenda, values));
  const turn = (id: string, to: AppointmentStatus, values: object = {}) =>
    agenda.carla.api('POST /appointments/{id}/transitions', { params: { id }, body: { to, ...values } });
  const patch = (id: string, body: object) =>
    agenda.carla.api('PATCH /appointments/{id}', { params: { id }, body, headers: { 'if-match': '*' } });

  it('take no other step', async () => {
    const { id } = await book();
    await turn(id, 'arrived');
    expect(await answerTo(turn(id, 'confirmed'))).toBe('409 invalid_transition');
    expect(await answerTo(turn(id, 'noShow'))).toBe('409 invalid_transition');
    await turn(id, 'done');
    expect(await answerTo(turn(id, 'canceled'))).toBe('409 invalid_transition');
    expect(await answerTo(patch(id, { startAt: at('12:00') }))).toBe('409 invalid_transition');
    expect((await patch(id, { title: 'Com a filha' })).body.title).toBe('Com a filha');
  });

  it('that were noted by mistake are taken back, and the history has both', async () => {
    const { id } = await book();
    await turn(id, 'confirmed');
    await turn(id, 'arrived');
    expect(await answerTo(turn(id, 'confirmed', { from: 'scheduled' }))).toBe('409 invalid_transition');
    const back = (await turn(id, 'confirmed', { from: 'arrived' })).body;
    expect(back.status).toBe('confirmed');
    expect(back.history.flatMap(({ changes }) => changes).filter(({ field }) => field === 'status')).toEqual([
      { field: 'status', from: null, to: 'scheduled' },
      { field: 'status', from: 'scheduled', to: 'confirmed' },
      { field: 'status', from: 'confirmed', to: 'arrived' },
      { field: 'status', from: 'arrived', to: 'confirmed' },
    ]);
  });

  it('are to be confirmed anew when they start at another time, and stay confirmed with another end, room or person', async () => {
    const { ana, carla, bruno } = agenda;
    const { id } = await book({ durationMinutes: 60 });
    await turn(id, 'confirmed');
    const room = (await ana.api('POST /rooms', { body: { name: 'Sala azul' } })).body;
    for (const change of [{ durationMinutes: 45 }, { roomId: room.id }, { professionalId: ana.professionalId }])
      expect((await patch(id, change)).body.status).toBe('confirmed');
    const moved = (await patch(id, { startAt: at('11:00'), professionalId: bruno.professionalId })).body;
    expect(moved.status).toBe('scheduled');
    const fields = moved.history.at(-1)?.changes.filter(({ field }) => field === 'startAt' || field === 'status');
    expect([moved.history.at(-1)?.action, fields]).toEqual([
      'move',
      [
        { field: 'startAt', from: at('10:00'), to: at('11:00') },
        { field: 'status', from: 'confirmed', to: 'scheduled' },
      ],
    ]);
    await turn(id, 'confirmed');
    const shift = { professionalId: bruno.professionalId, from: at('09:00'), minutes: 20 };
    const { body } = await carla.api('POST /appointments/shift', { body: shift });
    expect(body.items.map((item) => [item.id, item.status])).toEqual([[id, 'scheduled']]);
    await turn(id, 'arrived');
    expect((await patch(id, { startAt: at('12:00') })).body.status, 'who is there is there').toBe('arrived');
  });

  it('free their time when they are canceled or missed, and say who asked', async () => {
    const first = await book();
    const missed = await turn(first.id, 'noShow', { owesMakeup: true });
    expect(missed.body).toMatchObject({ status: 'noShow', cancellation: null, owesMakeup: true });
    const second = await book();
    const canceled = await turn(second.id, 'canceled', { reason: 'chuva', askedBy: 'client' });
    expect(canceled.body.cancellation).toEqual({ reason: 'chuva', askedBy: 'client' });
    const third = await book({ makeupOf: first.id });
    expect(third.makeupOf).toBe(first.id);
    const settled = await agenda.carla.api('GET /appointments/{id}', { params: { id: first.id } });
    expect(settled.body.owesMakeup).toBe(false);
    expect(await answerTo(turn(second.id, 'scheduled'))).toBe('409 appointment_conflict');
    expect(await answerTo(turn(second.id, 'scheduled', { overlap: { reason: 'veio assim mesmo' } }))).toBe('200');
  });

  it('make up for another one of the same client, which whoever books it sees', async () => {
    const { ana, anasClient, bruno, brunosClient, carla } = agenda;
    const missed = await book();
    await turn(missed.id, 'noShow', { owesMakeup: true });
    const colleagues = await bookVisit(carla, {
      ...brunosVisit(agenda, { startAt: at('15:00') }),
      professionalId: ana.professionalId,
    });
    const refusal = async (request: Promise<unknown>) =>
      request.then(
        () => 'taken',
        (error: unknown) => (error instanceof ApiError ? (error.problem.errors ?? error.problem.code) : error),
      );
    const ofOther = [expect.objectContaining({ path: 'makeupOf', code: 'makeup_of_another' })];
    const forAnother = { clientId: anasClient, startAt: at('11:00'), makeupOf: missed.id };
    expect(await refusal(carla.api('POST /appointments', { body: brunosVisit(agenda, forAnother) }))).toEqual(ofOther);
    expect(await refusal(patch(missed.id, { makeupOf: missed.id }))).toEqual(ofOther);
    const unseen = brunosVisit(agenda, { startAt: at('12:00'), makeupOf: colleagues.id });
    expect(await refusal(bruno.api('POST /appointments', { body: unseen }))).toBe('not_found');

    const makeup = await book({ startAt: at('13:00'), makeupOf: missed.id });
    const given = await patch(makeup.id, { clientId: anasClient });
    expect(given.body).toMatchObject({ clientId: anasClient, makeupOf: null });
    expect(await refusal(patch(makeup.id, { makeupOf: missed.id }))).toEqual(ofOther);
    const back = await patch(makeup.id, { clientId: brunosClient, makeupOf: missed.id });
    expect(back.body).toMatchObject({ clientId: brunosClient, makeupOf: missed.id });
  });

  it('overlap with a reason, unless the clinic forbids it; nothing is booked over one without a word', async () => {
    const { ana, bruno, carla } = agenda;
    await book();
    const clientId = await registerClient(ana, bruno.professionalId);
    const reason = { reason: 'dor forte' };
    const squeezed = await book({ clientId, startAt: at('10:30'), overlap: reason });
    expect(squeezed.overlap).toEqual(reason);
    const third = await registerClient(ana, bruno.professionalId);
    const over = { clientId: third, professionalId: bruno.professionalId, startAt: at('11:00') };
    expect(await answerTo(carla.api('POST /appointments', { body: over })), 'over the one squeezed in').toBe(
      '409 appointment_conflict',
    );
    expect((await patch(squeezed.id, { startAt: at('10:45') })).body.overlap, 'it still overlaps').toEqual(reason);
    expect(await answerTo(patch(squeezed.id, { professionalId: ana.professionalId }))).toBe('200');
    const alone = await carla.api('GET /appointments/{id}', { params: { id: squeezed.id } });
    expect(alone.body.overlap, 'where it is alone, it is like any other').toBeNull();
    await ana.api('PATCH /clinic', { body: { overlap: 'forbid' }, headers: { 'if-match': '*' } });
    const forbidden = { ...over, startAt: at('10:15'), overlap: reason };
    expect(await answerTo(carla.api('POST /appointments', { body: forbidden }))).toBe('409 overlap_forbidden');
  });

  it('a room is as good as a professional: one at a time', async () => {
    const { ana, carla, anasClient, bruno } = agenda;
    const roomId = (await ana.api('POST /rooms', { body: { name: 'Sala' } })).body.id;
    const first = await book({ roomId });
    const inRoom = { clientId: anasClient, professionalId: ana.professionalId, startAt: at('10:30'), roomId };
    await expect(carla.api('POST /appointments', { body: inRoom })).rejects.toMatchObject({
      problem: { code: 'appointment_conflict', conflicts: [{ id: first.id, roomId }] },
    });
    const elsewhere = await carla.api('POST /appointments', { body: { ...inRoom, roomId: null } });
    expect(await answerTo(patch(elsewhere.body.id, { roomId }))).toBe('409 appointment_conflict');
    await expect(
      bruno.api('PATCH /appointments/{id}', {
        params: { id: first.id },
        body: { startAt: at('11:00'), clientId: undefined },
        headers: { 'if-match': '*' },
      }),
    ).resolves.toMatchObject({ status: 200 });
    expect(await answerTo(patch(elsewhere.body.id, { roomId, durationMinutes: 30 }))).toBe('200');
  });

  it('of a colleague in the way of a professional are a time and no more', async () => {
    const { ana, bruno, anasClient, brunosClient } = agenda;
    const roomId = (await ana.api('POST /rooms', { body: { name: 'Sala' } })).body.id;
    await book({ clientId: anasClient, professionalId: ana.professionalId, roomId });
    const body = { clientId: brunosClient, professionalId: bruno.professionalId, startAt: at('10:00'), roomId };
    const refused = await bruno.api('POST /appointments', { body }).then(
      () => undefined,
      (error: unknown) => (error as { problem: { conflicts: object[] } }).problem.conflicts,
    );
    expect(refused).toEqual([{ startAt: at('10:00'), endAt: at('11:00'), professionalId: ana.professionalId }]);
  });

  it('of the rest of a day move together or not at all, with a message for each client', async () => {
    const { ana, bruno, carla } = agenda;
    const phone = '(11) 98877-6655';
    const clientId = await registerClient(ana, bruno.professionalId, { firstName: 'Bia', phone });
    const early = await book({ startAt: at('08:00') });
    const late = await book({ startAt: at('09:00'), clientId });
    const last = await book({ startAt: at('10:00') });
    const shift = (minutes: number, from = at('09:00')) =>
      carla.api('POST /appointments/shift', { body: { professionalId: bruno.professionalId, from, minutes } });
    const { body } = await shift(20);
    expect(body.items.map(({ id, startAt }) => [id, startAt])).toEqual([
      [late.id, at('09:20')],
      [last.id, at('10:20')],
    ]);
    expect(body.messages[0]?.text).toMatch(
      /^Olá, Bia! Seu horário de 03\/03\/2031 na Clínica .* passou de 09:00 para 09:20\./,
    );
    expect(body.messages[0]?.whatsappUrl).toMatch(/^https:\/\/wa\.me\/5511988776655\?text=Ol%C3%A1%2C%20Bia/);
    expect(body.messages[1]?.whatsappUrl).toBeNull();
    expect(await answerTo(shift(-30))).toBe('409 appointment_conflict');
    expect(await answerTo(shift(720, at('10:00')))).toBe('200');
    await expect(shift(0)).rejects.toMatchObject({ problem: { errors: [{ path: 'minutes', code: 'no_minutes' }] } });
    expect(await answerTo(shift(180, at('22:00')))).toBe('422 invalid_request');
    expect(await answerTo(shift(65, at('22:00'))), 'it would end the next day').toBe('422 invalid_request');
    expect(await answerTo(shift(40, at('22:00'))), 'it ends with the day').toBe('200');
    const { body: unmoved } = await carla.api('GET /appointments/{id}', { params: { id: early.id } });
    expect(unmoved.version).toBe(1);
    const { body: history } = await carla.api('GET /appointments/{id}/history', { params: { id: late.id } });
    expect(history.items.map(({ action }) => action)).toEqual(['shift', 'create']);
  });

  it('that are past and open are pending until somebody says what became of them', async () => {
    const { carla } = agenda;
    const past = await book({ startAt: '2024-05-06T12:00:00Z' });
    await book();
    expect(past.pending).toBe(true);
    const list = () => carla.api('GET /appointments', { query: { pending: 'true' } });
    expect((await list()).body.items.map(({ id }) => id)).toEqual([past.id]);
    await turn(past.id, 'done');
    expect((await list()).body.items).toEqual([]);
  });
});
