import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';
import { registerClient } from '../../../../tests/support/agenda.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import type { ImportJob } from '../../../shared/contracts/import-job.ts';

let server: TestServer;
let ana: SignedIn;
let bruno: SignedIn;
let carla: () => Promise<SignedIn>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ ana, bruno, carla } = await openImportClinic(server));
});

const agendaOf = async (person: SignedIn, from = '2015-01-01', to = '2035-12-31'): Promise<AppointmentSummary[]> =>
  (await person.api('GET /appointments', { query: { from, to, limit: 200 } })).body.items;
const shortly = ({ localStart, localEnd, clientName, status }: AppointmentSummary): string =>
  `${localStart} ${localEnd.slice(11)} ${clientName} ${status}`;
const numbers = ({ created, unchanged, conflicts, rejected, booked, standing, unbooked }: ImportJob) => ({
  ...{ created, unchanged, conflicts, rejected, booked, standing, unbooked },
});
const none = { created: 0, unchanged: 0, conflicts: 0, rejected: 0, booked: 0, standing: 0, unbooked: 0 };
const reasons = ({ problems }: ImportJob): string[] =>
  problems.map(({ line, kind, code, header, value }) => [line, kind, code, header, value].join(' '));
const book = (body: { clientId: string; localStart: string; professionalId?: string }) =>
  ana.api('POST /appointments', { body: { professionalId: bruno.professionalId, ...body } });
const forBruno = () => ({ professionalId: bruno.professionalId });

describe('a list of clients with their next appointment', () => {
  const list = [
    'Nome;Celular;Próxima consulta',
    'Alda Reis;11987650001;03/03/2031 14:30',
    'Beto Reis;11987650002;2031-03-03T14:30:00-03:00',
    'Caio Reis;11987650003;04/03/2031',
    'Davi Reis;11987650004;04/03/2016 10h',
    'Eva Reis;11987650005;a combinar',
    'Fábio Reis;11987650006;',
    'Gil Reis;11987650007;04/03/2031 às 15h30',
  ].join('\n');

  it('books them with the owner, as the check has said, and every client comes in', async () => {
    const check = await importFile(ana, list, { ...forBruno(), dryRun: 'true' });
    expect(numbers(check)).toEqual({ ...none, created: 7, booked: 2, unbooked: 4 });
    expect(reasons(check)).toEqual([
      '3 unbooked time_taken Próxima consulta 2031-03-03T14:30:00-03:00',
      '4 unbooked time_missing Próxima consulta 04/03/2031',
      '5 unbooked past_appointment Próxima consulta 04/03/2016 10h',
      '6 unbooked invalid_date Próxima consulta a combinar',
    ]);
    expect(await agendaOf(ana)).toEqual([]);

    const job = await importFile(ana, list, forBruno());
    expect(numbers(job)).toEqual(numbers(check));
    expect(reasons(job)).toEqual(reasons(check));
    const agenda = await agendaOf(ana);
    expect(agenda.map(shortly)).toEqual([
      '2031-03-03T14:30 15:30 Alda Reis scheduled',
      '2031-03-04T15:30 16:30 Gil Reis scheduled',
    ]);
    expect(agenda[0]).toMatchObject({
      ...{ professionalId: bruno.professionalId, visitType: 'consulta', startAt: '2031-03-03T17:30:00.000Z' },
    });
    const { body } = await ana.api('GET /appointments/{id}', { params: { id: agenda[0]?.id ?? '' } });
    expect(body.history).toMatchObject([{ version: 1, action: 'import', by: { id: ana.professionalId } }]);
  });

  it('keeps with the client what could not be booked, and lists those rows for correction', async () => {
    const job = await importFile(ana, list, forBruno());
    const { items } = (await ana.api('GET /clients', { query: { limit: 200 } })).body;
    const extraOf = async (name: string) => {
      const id = items.find(({ firstName }) => firstName === name)?.id ?? '';
      return (await ana.api('GET /clients/{id}', { params: { id } })).body.extra;
    };
    expect(await extraOf('Caio')).toEqual({ 'Próxima consulta': '04/03/2031' });
    expect(await extraOf('Davi')).toEqual({ 'Próxima consulta': '04/03/2016 10h' });
    expect(await extraOf('Alda')).toEqual({});
    const { body } = await ana.api('GET /imports/{id}/rejected.csv', { params: { id: job.id } });
    const csv = await new Response(body).text();
    const corrected = csv
      .replace('04/03/2031;', '04/03/2031 09:00;')
      .replace('2031-03-03T14:30:00-03:00', '03/03/2031 16:00');
    expect(numbers(await importFile(ana, corrected, forBruno()))).toMatchObject({ created: 0, booked: 2, unbooked: 2 });
  });

  it('twice books nothing twice, also what was moved, canceled or taken back since', async () => {
    await importFile(ana, list, forBruno());
    const [first, second] = await agendaOf(ana);
    const ifMatch = { headers: { 'if-match': '*' } };
    await ana.api('PATCH /appointments/{id}', {
      ...{ params: { id: first?.id ?? '' }, body: { localStart: '2031-03-05T08:00' }, ...ifMatch },
    });
    await ana.api('DELETE /appointments/{id}', { params: { id: second?.id ?? '' }, ...ifMatch });
    const again = await importFile(ana, list.replace(/^Beto.*\n/m, ''), forBruno());
    expect(numbers(again)).toEqual({ ...none, unchanged: 6, standing: 2, unbooked: 3 });
    expect((await agendaOf(ana)).map(shortly)).toEqual(['2031-03-05T08:00 09:00 Alda Reis scheduled']);
  });

  it('can have day and time in two columns, in the zone of the clinic', async () => {
    const clinic = await ana.api('GET /clinic');
    await ana.api('PATCH /clinic', {
      ...{ body: { timeZone: 'America/Manaus' }, headers: { 'if-match': clinic.etag ?? '' } },
    });
    const rows = 'Nome;Data da próxima consulta;Horário\nAlda Reis;03/03/2031;9:05\nBeto Reis;03/03/2031;\n';
    const job = await importFile(ana, rows, forBruno());
    expect(numbers(job)).toEqual({ ...none, created: 2, booked: 1, unbooked: 1 });
    expect(await agendaOf(ana)).toMatchObject([
      { localStart: '2031-03-03T09:05', startAt: '2031-03-03T13:05:00.000Z', timeZone: 'America/Manaus' },
    ]);
  });

  it('never overlaps what is in the agenda, and names who has the time', async () => {
    const clientId = await registerClient(ana, bruno.professionalId, { firstName: 'Zoé', lastName: 'Lima' });
    await book({ clientId, localStart: '2031-03-03T14:00' });
    for (const dryRun of ['true', 'false'] as const) {
      const job = await importFile(ana, list.split('\n').slice(0, 2).join('\n'), { ...forBruno(), dryRun });
      expect(job).toMatchObject({ created: 1, booked: 0, unbooked: 1 });
      expect(job.problems).toMatchObject([{ code: 'time_taken', client: { id: clientId, name: 'Zoé Lima' } }]);
    }
    expect(await agendaOf(ana)).toHaveLength(1);
  });

  it('is undone with its appointments, except those that somebody has touched since', async () => {
    const job = await importFile(ana, list, forBruno());
    const [, second] = await agendaOf(ana);
    await ana.api('POST /appointments/{id}/transitions', {
      ...{ params: { id: second?.id ?? '' }, body: { to: 'confirmed' } },
    });
    const { undo } = await undoImport(ana, job.id);
    expect(undo).toMatchObject({ removed: 6, kept: 1, keptClients: [{ name: 'Gil Reis' }] });
    expect(undo?.appointments).toEqual({
      ...{ removed: 1, kept: 1 },
      first: [{ id: second?.id, client: { id: second?.clientId, name: 'Gil Reis' }, startAt: second?.startAt }],
    });
    expect((await agendaOf(ana)).map(shortly)).toEqual(['2031-03-04T15:30 16:30 Gil Reis confirmed']);
    // Nothing of it is in the way of another try.
    expect(await importFile(ana, list, forBruno())).toMatchObject({ created: 6, booked: 1, standing: 1 });
  });
});

describe('a list of appointments', () => {
  beforeEach(async () => {
    await registerClient(ana, bruno.professionalId, {
      ...{ firstName: 'Alda', lastName: 'Reis', document: '52998224725', phone: '11987650001' },
    });
    await registerClient(ana, ana.professionalId, {
      firstName: 'Beto',
      lastName: 'da Silva',
      email: 'beto@exemplo.com.br',
    });
    await registerClient(ana, bruno.professionalId, { firstName: 'José', lastName: 'Conceição' });
  });

  const header = 'Data;Hora;Duração;Paciente;CPF;E-mail;Profissional;Tipo;Situação;Sala;Observações';
  const rows = [
    '03/03/2031;14:30;50 min;Alda Reis;529.982.247-25;;Bruno;Retorno;Confirmado;Sala azul;traz exames',
    '03/03/2031;15:20;;BETO DA SILVA;;beto@exemplo.com.br;Dra. Ana;Sessão de laser;;;',
    '05/02/2020;09:00;;jose conceicao;;;bruno;;Atendido;;veio sozinho',
    '06/02/2020;09:00;;José Conceição;;;bruno;;Faltou;;',
    '07/02/2020;09:00;;José Conceição;;;bruno;;Cancelado;;',
    '08/02/2020;09:00;;José Conceição;;;;;;;',
  ];
  const list = [header, ...rows].join('\n');

  it('is known by its columns and comes in whole: past and coming, with state, kind, room and notes', async () => {
    const check = await importFile(ana, list, { ...forBruno(), dryRun: 'true' });
    expect(check.kind).toBe('appointments');
    expect(numbers(check)).toEqual({ ...none, booked: 6 });
    expect(await agendaOf(ana)).toEqual([]);
    const job = await importFile(ana, list, forBruno());
    expect(numbers(job)).toEqual(numbers(check));
    const agenda = await agendaOf(ana);
    expect(agenda.map(shortly)).toEqual([
      '2020-02-05T09:00 10:00 José Conceição done',
      '2020-02-06T09:00 10:00 José Conceição noShow',
      '2020-02-07T09:00 10:00 José Conceição canceled',
      '2020-02-08T09:00 10:00 José Conceição done',
      '2031-03-03T14:30 15:20 Alda Reis confirmed',
      '2031-03-03T15:20 16:20 Beto da Silva scheduled',
    ]);
    expect(agenda[4]).toMatchObject({ visitType: 'retorno', location: 'Sala azul', title: null });
    expect(agenda[5]).toMatchObject({
      ...{ professionalId: ana.professionalId, visitType: 'consulta', title: 'Sessão de laser' },
    });
    const { body } = await ana.api('GET /appointments/{id}', { params: { id: agenda[0]?.id ?? '' } });
    expect(body).toMatchObject({ notes: 'veio sozinho', history: [{ version: 1, action: 'import' }] });
    // The list changed no client.
    expect((await ana.api('GET /clients')).body.items).toHaveLength(3);
  });

  it('books nothing twice, and is undone like any import', async () => {
    const job = await importFile(ana, list, forBruno());
    expect(numbers(await importFile(ana, list, forBruno()))).toEqual({ ...none, unchanged: 6, standing: 6 });
    expect(await undoImport(ana, job.id)).toMatchObject({
      ...{ status: 'undone', undo: { removed: 0, restored: 0, kept: 0, appointments: { removed: 6, kept: 0 } } },
    });
    expect(await agendaOf(ana)).toEqual([]);
    expect(numbers(await importFile(ana, list, forBruno()))).toEqual({ ...none, booked: 6 });
  });

  it('lists who is not a client, who may be several, and what is in doubt, and books the others', async () => {
    await registerClient(ana, bruno.professionalId, {
      firstName: 'José',
      lastName: 'Conceição',
      dateOfBirth: '1980-05-10',
    });
    const other = [
      '04/03/2031;08:00;;Ninguém Daqui;;;bruno;;;;',
      '04/03/2031;09:00;;José Conceição;;;bruno;;;;',
      '04/03/2031;10:00;;Outra Pessoa;529.982.247-25;;bruno;;;;',
      '04/03/2031;11:00;;Alda Reis;;;Dr. Quem;;;;',
      '04/03/2031;;;Alda Reis;;;bruno;;;;',
      '04/03/2031;12:00;900;Alda Reis;;;bruno;;;;',
      '04/03/2031;13:00;;Alda Reis;;;bruno;;Atendido;;',
      '04/03/2031;13:00;;Alda Reis;;;bruno;;talvez;;',
      '04/03/2031;14:00;;Alda Reis;;;bruno;;;;',
      '04/03/2031;14:30;;Beto da Silva;;;bruno;;;;',
      '04/03/2031;14:30;;Alda Reis;;;ana;;;;',
    ];
    const job = await importFile(ana, [header, ...other].join('\n'), forBruno());
    expect(reasons(job).sort()).toEqual(
      [
        '2 rejected client_unknown Paciente Ninguém Daqui',
        '3 conflict several_clients Paciente José Conceição',
        '4 conflict document_of_another CPF 529.982.247-25',
        '5 rejected professional_unknown Profissional Dr. Quem',
        '6 rejected time_missing Data 04/03/2031',
        '7 rejected invalid_length Duração 900',
        '8 rejected still_ahead Situação Atendido',
        '9 rejected unknown_status Situação talvez',
        '11 conflict time_taken Data 04/03/2031',
        '12 conflict client_elsewhere Data 04/03/2031',
      ].sort(),
    );
    expect(numbers(job)).toEqual({ ...none, booked: 1, conflicts: 4, rejected: 6 });
    expect((await agendaOf(ana)).map(shortly)).toEqual(['2031-03-04T14:00 15:00 Alda Reis scheduled']);
  });

  it('of a professional reaches nobody else’s agenda or clients, and reception imports nothing', async () => {
    const mine = [
      header,
      '03/03/2031;14:30;;Alda Reis;;;;;;;',
      '03/03/2031;16:00;;Alda Reis;;;Ana;;;;',
      '03/03/2031;17:00;;Beto da Silva;;beto@exemplo.com.br;;;;;',
    ].join('\n');
    for (const dryRun of ['true', 'false'] as const) {
      const job = await importFile(bruno, mine, { dryRun });
      expect(reasons(job)).toEqual([
        '3 rejected agenda_of_another Profissional Ana',
        '4 rejected client_unknown Paciente Beto da Silva',
      ]);
      expect(job.booked).toBe(1);
    }
    await expect(importFile(await carla(), mine)).rejects.toMatchObject({ status: 403 });
  });

  it('waits for a booking that was there first and then finds its time taken', async () => {
    const [client] = (await ana.api('GET /clients')).body.items;
    const body = { clientId: client?.id ?? '', professionalId: ana.professionalId, localStart: '2031-03-03T15:00' };
    const attempts = await Promise.allSettled([
      importFile(ana, list, forBruno()),
      ana.api('POST /appointments', { body }),
      importFile(ana, list, forBruno()),
    ]);
    expect(attempts[0].status).toBe('fulfilled');
    const times = (await agendaOf(ana))
      .filter(({ professionalId }) => professionalId === ana.professionalId)
      .map(({ startAt }) => startAt);
    expect(times).toHaveLength(1);
  });
});
