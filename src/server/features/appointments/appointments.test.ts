import { randomUUID } from 'node:crypto';
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
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AppointmentInput } from '../../../shared/contracts/agenda/appointments.ts';

describe('appointments', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agenda = await openAgenda(server);
  });

  const brunos = (values: Partial<AppointmentInput> = {}) => brunosVisit(agenda, values);
  const book = (values: Partial<AppointmentInput> = {}, by: SignedIn = agenda.carla) => bookVisit(by, brunos(values));

  it('are booked by wall time or instant, with the duration of the kind of visit unless one is given', async () => {
    const { carla } = agenda;
    const booked = await carla.api('POST /appointments', {
      body: { ...brunos(), startAt: undefined, localStart: '2031-03-03T14:30', visitType: 'procedimento' },
    });
    expect(booked.etag).toBe('"1"');
    expect(booked.headers.get('location')).toBe(`/api/v1/appointments/${booked.body.id}`);
    expect(booked.body).toMatchObject({
      startAt: '2031-03-03T17:30:00.000Z',
      endAt: '2031-03-03T19:00:00.000Z',
      localStart: '2031-03-03T14:30',
      localEnd: '2031-03-03T16:00',
      timeZone: 'America/Sao_Paulo',
      visitType: 'procedimento',
      status: 'scheduled',
      pending: false,
      overlap: null,
      cancellation: null,
    });
    expect(booked.body.history).toEqual([
      expect.objectContaining({ version: 1, action: 'create', by: { id: carla.professionalId, name: 'Carla' } }),
    ]);
    const short = await book({ startAt: at('08:00'), durationMinutes: 20 });
    expect([short.endAt, short.visitType]).toEqual([at('08:20'), 'consulta']);
    const ended = await book({ startAt: at('08:20'), endAt: at('09:00') });
    expect(ended.endAt).toBe(at('09:00'));
  });

  it('that overlap are refused with what is in the way and three nearest free times; adjacent ones are not', async () => {
    const { carla, bruno, anasClient, ana } = agenda;
    const first = await book();
    const other = await registerClient(ana, bruno.professionalId);
    const refusal = carla.api('POST /appointments', { body: brunos({ startAt: at('10:30'), clientId: other }) });
    await expect(refusal).rejects.toMatchObject({
      status: 409,
      problem: {
        code: 'appointment_conflict',
        conflicts: [{ id: first.id, startAt: first.startAt, endAt: first.endAt, professionalId: bruno.professionalId }],
        nearest: [
          { startAt: at('09:00'), endAt: at('10:00') },
          { startAt: at('11:00'), endAt: at('12:00') },
          { startAt: at('11:30'), endAt: at('12:30') },
        ],
      },
    });
    await book({ startAt: at('09:00'), clientId: other });
    await book({ startAt: at('11:00'), clientId: other });
    await book({ startAt: at('12:00'), clientId: anasClient });
  });

  it('of one client at one time need a word for it', async () => {
    const { carla, ana, brunosClient } = agenda;
    await book();
    const elsewhere = { ...brunos(), professionalId: ana.professionalId };
    await expect(carla.api('POST /appointments', { body: elsewhere })).rejects.toMatchObject({
      status: 409,
      problem: { code: 'client_conflict' },
    });
    const both = await carla.api('POST /appointments', { body: { ...elsewhere, allowClientOverlap: true } });
    expect(both.body.clientId).toBe(brunosClient);
  });

  it('lists them by start, page by page', async () => {
    for (const time of ['16:00', '09:00', '13:00', '11:00']) await book({ startAt: at(time) });
    const { carla } = agenda;
    const starts: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await carla.api('GET /appointments', {
        query: { from: '2031-03-03', to: '2031-03-03', limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      });
      expect(body.total).toEqual({ value: 4, relation: 'eq' });
      starts.push(...body.items.map(({ localStart }) => localStart.slice(11)));
      cursor = body.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(starts).toEqual(['09:00', '11:00', '13:00', '16:00']);
    const none = await carla.api('GET /appointments', { query: { from: '2031-03-04' } });
    expect(none.body.items).toEqual([]);
  });

  it('race: of forty that overlap one is booked, and the others are told why', async () => {
    const { carla } = agenda;
    const clients = await Promise.all(
      Array.from({ length: 40 }, () => registerClient(agenda.ana, agenda.bruno.professionalId)),
    );
    const answers = await Promise.all(
      clients.map((clientId, index) =>
        answerTo(
          carla.api('POST /appointments', {
            body: brunos({ clientId, startAt: at(index % 2 === 0 ? '10:00' : '10:30') }),
          }),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === '201')).toHaveLength(1);
    expect(answers.filter((answer) => answer === '409 appointment_conflict')).toHaveLength(39);
  });

  it('a repeated request books once', async () => {
    const { carla } = agenda;
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        carla.api('POST /appointments', { body: brunos(), headers: { 'idempotency-key': key } }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('move, are canceled and taken back', async () => {
    const { carla } = agenda;
    const { id } = await book();
    const moved = await carla.api('PATCH /appointments/{id}', {
      params: { id },
      body: { startAt: at('10:30') },
      headers: { 'if-match': '"1"' },
    });
    expect(moved.body).toMatchObject({ startAt: at('10:30'), endAt: at('11:30'), version: 2 });
    expect(moved.body.history.map(({ action }) => action)).toEqual(['create', 'move']);
    const canceled = await carla.api('POST /appointments/{id}/transitions', {
      params: { id },
      body: { to: 'canceled', reason: 'viagem', askedBy: 'client' },
    });
    expect(canceled.body.cancellation).toEqual({ reason: 'viagem', askedBy: 'client' });
    const other = await book();
    await expect(
      carla.api('POST /appointments/{id}/transitions', { params: { id }, body: { to: 'scheduled' } }),
    ).rejects.toMatchObject({ problem: { code: 'appointment_conflict' } });
    await carla.api('DELETE /appointments/{id}', { params: { id: other.id }, headers: { 'if-match': '*' } });
    const back = await carla.api('POST /appointments/{id}/transitions', { params: { id }, body: { to: 'confirmed' } });
    expect(back.body).toMatchObject({ status: 'confirmed', cancellation: null });
    const gone = await carla.api('GET /appointments/{id}/history', { params: { id: other.id } });
    expect(gone.body.items.map(({ action }) => action)).toEqual(['delete', 'create']);
  });
});
