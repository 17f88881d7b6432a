import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Agenda,
  answerTo,
  at,
  brunosVisit,
  openAgenda,
  registerClient,
} from '../../../../tests/support/agenda.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AppointmentInput } from '../../../shared/contracts/agenda/appointments.ts';

describe('who sees what of an appointment', () => {
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
  const read = (by: SignedIn, id: string) => by.api('GET /appointments/{id}', { params: { id } });
  const patch = (by: SignedIn, id: string, body: object) =>
    by.api('PATCH /appointments/{id}', { params: { id }, body, headers: { 'if-match': '*' } });

  it('notes are for those who treat: reception neither reads nor writes them, and no list has them', async () => {
    const { bruno, carla, ana } = agenda;
    const { id } = (await bruno.api('POST /appointments', { body: brunos({ notes: 'Diabetes' }) })).body;
    await patch(bruno, id, { notes: 'Diabetes tipo 2' });
    expect((await read(ana, id)).body.notes).toBe('Diabetes tipo 2');
    const history = await bruno.api('GET /appointments/{id}/history', { params: { id } });
    expect(history.body.items[0]?.changes).toEqual([{ field: 'notes', from: 'Diabetes', to: 'Diabetes tipo 2' }]);
    const seen = [
      await read(carla, id),
      await carla.api('GET /appointments/{id}/history', { params: { id } }),
      await carla.api('GET /appointments'),
      await bruno.api('GET /appointments'),
      await patch(carla, id, { title: 'Retorno' }),
    ];
    for (const { body } of seen) expect(JSON.stringify(body)).not.toMatch(/Diabetes|"notes"/);
    expect(await answerTo(patch(carla, id, { notes: null }))).toBe('403 forbidden');
    expect(await answerTo(carla.api('POST /appointments', { body: brunos({ notes: 'x' }) }))).toBe('403 forbidden');
  });

  it('whoever has an appointment with a client sees name and phone on it, whose client it may be', async () => {
    const { ana, bruno, carla } = agenda;
    const phone = '+5511988776655';
    const clientId = await registerClient(ana, ana.professionalId, { firstName: 'Vera', lastName: 'Sá', phone });
    await carla.api('POST /appointments', { body: brunos({ clientId }) });
    const { body } = await bruno.api('GET /appointments');
    expect(body.items).toMatchObject([{ clientName: 'Vera Sá', clientPhone: phone }]);
    expect(await answerTo(bruno.api('GET /clients/{id}', { params: { id: clientId } }))).toBe('404 not_found');
    expect(
      await answerTo(bruno.api('POST /appointments', { body: brunos({ clientId, startAt: at('14:00') }) })),
      'whom they cannot see they cannot book',
    ).toBe('404 not_found');
  });

  it('age and warnings of the client are for those who see the client, reception too, and in no list', async () => {
    const { ana, bruno, carla } = agenda;
    const values = { dateOfBirth: '1980-05-06', tags: ['alergia'] };
    const clientId = await registerClient(ana, ana.professionalId, { firstName: 'Vera', ...values });
    const { id } = (await carla.api('POST /appointments', { body: brunos({ clientId }) })).body;
    expect((await read(carla, id)).body.client).toEqual(values);
    expect((await read(ana, id)).body.client).toEqual(values);
    const seen = [await read(bruno, id), await patch(bruno, id, { title: 'x' }), await ana.api('GET /appointments')];
    for (const { body } of seen) expect(JSON.stringify(body)).not.toMatch(/alergia|1980/);
  });

  it('a colleague’s agenda is not there, and not to be written', async () => {
    const { ana, bruno, anasClient } = agenda;
    const anas = { clientId: anasClient, professionalId: ana.professionalId, startAt: at('10:00') };
    const { id } = (await ana.api('POST /appointments', { body: anas })).body;
    const own = (await bruno.api('POST /appointments', { body: brunos() })).body;
    const { body } = await bruno.api('GET /appointments', { query: { professionalId: ana.professionalId } });
    expect(body).toMatchObject({ items: [], total: { value: 0 } });
    expect(await answerTo(patch(bruno, own.id, { professionalId: ana.professionalId }))).toBe('403 forbidden');
    expect(await answerTo(bruno.api('POST /appointments', { body: anas }))).toBe('403 forbidden');
    const answers = await Promise.all(
      [
        read(bruno, id),
        patch(bruno, id, { title: 'x' }),
        bruno.api('DELETE /appointments/{id}', { params: { id }, headers: { 'if-match': '*' } }),
        bruno.api('POST /appointments/{id}/transitions', { params: { id }, body: { to: 'done' } }),
        bruno.api('GET /appointments/{id}/history', { params: { id } }),
      ].map(answerTo),
    );
    expect(new Set(answers)).toEqual(new Set(['404 not_found']));
  });

  it.each(['clientId', 'professionalId', 'roomId', 'makeupOf'] as const)(
    'another clinic’s %s in a body is as one that does not exist',
    async (field) => {
      const { ana, vera, carla } = agenda;
      const client = await registerClient(vera, vera.professionalId);
      const foreign = {
        clientId: client,
        professionalId: vera.professionalId,
        roomId: (await vera.api('POST /rooms', { body: { name: 'Sala' } })).body.id,
        makeupOf: (
          await vera.api('POST /appointments', {
            body: { clientId: client, professionalId: vera.professionalId, startAt: at('10:00') },
          })
        ).body.id,
      };
      const own = (await ana.api('POST /appointments', { body: brunos({ startAt: at('15:00') }) })).body.id;
      for (const value of [foreign[field], randomUUID()]) {
        expect(await answerTo(carla.api('POST /appointments', { body: brunos({ [field]: value }) }))).toBe(
          '404 not_found',
        );
        expect(await answerTo(patch(carla, own, { [field]: value }))).toBe('404 not_found');
      }
    },
  );

  it('another clinic’s ids in filters find nothing', async () => {
    const { carla, vera } = agenda;
    const client = await registerClient(vera, vera.professionalId);
    const filters = [{ professionalId: vera.professionalId }, { clientId: client }, { roomId: randomUUID() }];
    for (const query of filters)
      expect((await carla.api('GET /appointments', { query })).body).toMatchObject({ items: [], nextCursor: null });
  });

  it('reads are written to the trail, with ids and nothing else', async () => {
    const { bruno, carla } = agenda;
    const { id } = (await bruno.api('POST /appointments', { body: brunos({ notes: 'Segredo', title: 'Segredo' }) }))
      .body;
    await read(bruno, id);
    await carla.api('GET /appointments/{id}/history', { params: { id } });
    const events = await server.db.pool.query<{ action: string; record_type: string }>(
      `select action, record_type, row_to_json(e)::text as whole from audit_events e where record_id = '${id}' order by at`,
    );
    expect(events.rows.map(({ action }) => action)).toEqual([
      'appointment_created',
      'appointment_read',
      'appointment_history_read',
    ]);
    expect(JSON.stringify(events.rows)).not.toContain('Segredo');
  });

  it('two changes of one version: one is made, the other is told', async () => {
    const { ana } = agenda;
    const { id } = (await ana.api('POST /appointments', { body: brunos() })).body;
    const change = (title: string) =>
      answerTo(
        ana.api('PATCH /appointments/{id}', { params: { id }, body: { title }, headers: { 'if-match': '"1"' } }),
      );
    expect((await Promise.all([change('a'), change('b')])).sort()).toEqual(['200', '412 stale']);
  });
});
