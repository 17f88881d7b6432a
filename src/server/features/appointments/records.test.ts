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
import { execute } from '../../../../tests/support/database.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AppointmentInput } from '../../../shared/contracts/agenda/appointments.ts';

describe('what becomes of appointments', () => {
  let server: TestServer;
  let agenda: Agenda;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agenda = await openAgenda(server);
  });

  const book = (values: Partial<AppointmentInput> = {}) => bookVisit(agenda.ana, brunosVisit(agenda, values));

  const clientsOf = async (...ids: readonly string[]) => {
    const rows = await Promise.all(ids.map((id) => agenda.ana.api('GET /appointments/{id}', { params: { id } })));
    return rows.map(({ body }) => body.clientId);
  };

  it('when clients are merged: the winner has them, until the merge is undone', async () => {
    const { ana, bruno, brunosClient: winnerId } = agenda;
    const loserId = await registerClient(ana, bruno.professionalId);
    const before = await book({ clientId: loserId });
    const own = await book({ startAt: at('11:00') });
    const { body } = await ana.api('POST /duplicates/merge', {
      body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} },
    });
    const later = await book({ startAt: at('12:00') });
    expect(await clientsOf(before.id, own.id, later.id)).toEqual([winnerId, winnerId, winnerId]);
    await ana.api('POST /duplicates/merges/{id}/undo', { params: { id: body.merge.id } });
    expect(await clientsOf(before.id, own.id, later.id)).toEqual([loserId, winnerId, winnerId]);
    const history = await ana.api('GET /appointments/{id}/history', { params: { id: before.id } });
    expect(history.body.items.map(({ action }) => action)).toEqual(['merge', 'merge', 'create']);
  });

  it('when a client is to be archived: those still to come are in the way', async () => {
    const { ana, brunosClient: id } = agenda;
    const { id: appointment, startAt } = await book();
    const archiving = ana.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } });
    await expect(archiving).rejects.toMatchObject({
      status: 409,
      problem: { code: 'client_has_appointments', appointments: 1, next: startAt },
    });
    await ana.api('POST /appointments/{id}/transitions', { params: { id: appointment }, body: { to: 'canceled' } });
    expect(await answerTo(ana.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } }))).toBe(
      '204',
    );
    expect(
      await answerTo(
        ana.api('POST /appointments', {
          body: { clientId: id, professionalId: agenda.bruno.professionalId, startAt: at('10:00') },
        }),
      ),
    ).toBe('409 not_bookable');
  });

  it('when somebody leaves: a colleague has those to come, also at a time that is taken there', async () => {
    const { ana, bruno, anasClient } = agenda;
    const clash = await book();
    const free = await book({ startAt: at('14:00') });
    await book({ clientId: anasClient, professionalId: ana.professionalId });
    const { body } = await ana.api('POST /professionals/{id}/deactivate', {
      params: { id: bruno.professionalId },
      body: { reason: 'saiu', transferTo: ana.professionalId },
    });
    expect(body).toMatchObject({ active: false, appointments: { moved: 2, overlapping: 1, left: 0 } });
    const [first, second] = await Promise.all(
      [clash, free].map(({ id }) => ana.api('GET /appointments/{id}', { params: { id } })),
    );
    expect(first?.body).toMatchObject({
      professionalId: ana.professionalId,
      overlap: { reason: 'Veio da agenda de quem saiu' },
    });
    expect(second?.body).toMatchObject({ professionalId: ana.professionalId, overlap: null });
    expect(
      await answerTo(
        ana.api('POST /appointments', {
          body: { clientId: anasClient, professionalId: bruno.professionalId, startAt: at('16:00') },
        }),
      ),
    ).toBe('409 not_bookable');
  });

  it('when somebody leaves without an heir: they are told to be there', async () => {
    const { ana, bruno } = agenda;
    await book();
    const { body } = await ana.api('POST /professionals/{id}/deactivate', {
      params: { id: bruno.professionalId },
      body: { reason: 'saiu' },
    });
    expect(body.appointments).toEqual({ moved: 0, overlapping: 0, left: 1 });
  });

  it('when a client asks for a copy: they are in it, with notes and history', async () => {
    const { bruno, brunosClient: id } = agenda;
    const booked = await book({ notes: 'Trazer exames', title: 'Primeira vez' });
    const copy = (await bruno.api('GET /clients/{id}/data-export', { params: { id } })).body;
    expect(copy.appointments).toMatchObject([
      { id: booked.id, notes: 'Trazer exames', title: 'Primeira vez', history: [{ version: 1, action: 'create' }] },
    ]);
  });

  it('when a client is anonymised: their texts are empty, in the history too', async () => {
    const { ana, brunosClient: id } = agenda;
    const booked = await book({ notes: 'Trazer exames', title: 'Filha da Maria', location: 'Casa' });
    expect(await answerTo(ana.api('POST /clients/{id}/anonymize', { params: { id } }))).toBe('409 retention_period');
    await execute(
      server.database.adminUrl,
      `set session_replication_role = replica`,
      `update clients set created_at = '1990-01-01' where id = '${id}'`,
      `update client_versions set at = '1990-01-01' where client_id = '${id}'`,
    );
    expect(
      await answerTo(ana.api('POST /clients/{id}/anonymize', { params: { id } })),
      'the appointment is the latest entry',
    ).toBe('409 retention_period');
    await execute(
      server.database.adminUrl,
      `update appointments set start_at = '1990-01-01 10:00Z', end_at = '1990-01-01 11:00Z' where client_id = '${id}'`,
    );
    await ana.api('POST /clients/{id}/anonymize', { params: { id } });
    const { body } = await ana.api('GET /appointments/{id}', { params: { id: booked.id } });
    expect(body).toMatchObject({ title: null, location: null, notes: null, clientName: 'Cliente anonimizado' });
    expect(JSON.stringify(body.history)).not.toMatch(/Maria|Casa|exames/);
  });
});
