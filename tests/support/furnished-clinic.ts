import type { Series } from '../../src/shared/contracts/agenda/series.ts';
import { importFile } from './import-file.ts';
import type { SignedIn } from './server.ts';

let clinics = 0;

/** Gives a clinic rows in many tables: what people do in the web app. @returns the id of a client who has everything */
export async function furnishClinic(ana: SignedIn): Promise<string> {
  const { api, professionalId } = ana;
  const register = async (firstName: string, values: object = {}) =>
    (await api('POST /clients', { body: { firstName, professionalId, ...values } })).body.id;
  const clientId = await register('Inês', {
    notes: 'uma\nnota \\ com\ttudo',
    tags: ['alergia'],
    document: '52998224725',
  });
  const relativeId = await register('Zoë', { phone: '11987654321', extra: { Convênio: 'Um' } });
  const loserId = await register('Inez');
  await api('PATCH /clients/{id}', {
    params: { id: clientId },
    body: { address: { city: 'Olinda' } },
    headers: { 'if-match': '*' },
  });
  const body = { winnerId: clientId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} };
  await api('POST /duplicates/merge', { body });
  await api('POST /clients/{id}/relatives', {
    params: { id: clientId },
    body: { clientId: relativeId, kind: 'sibling' },
  });
  await importFile(ana, `nome,telefone\nÁgata,(11) 9${String(80000000 + (clinics += 1))}\n,sem nome\n`);
  await api('POST /waiting-list', { body: { clientId, note: 'prefere cedo' } });
  const packageId = (await api('POST /session-packages', { body: { clientId, total: 10, name: 'Pacote' } })).body.id;
  const date = '2031-05-06';
  const series = await api('POST /series', {
    body: {
      ...{ clientId, professionalId, visitType: 'retorno', packageId, localStart: `${date}T10:00` },
      rule: { every: 1, unit: 'week', count: 2 },
      choices: { [date]: `${date}T10:00:00-03:00` },
    },
  });
  const id = (series.body as Series).appointments[0]?.id ?? '';
  await api('POST /appointments/{id}/confirmation-link', { params: { id } });
  await api('PATCH /clients/{id}/reminders', {
    params: { id: clientId },
    body: { email: false },
    headers: { 'if-match': '*' },
  });
  await api('POST /calendar-feeds', { body: { name: 'Celular', content: 'initials' } });
  await api('POST /rooms', { body: { name: 'Sala 1' } });
  const absence = { professionalId, startAt: '2031-09-01T12:00:00Z', endAt: '2031-09-02T12:00:00Z', reason: 'curso' };
  await api('POST /time-off', { body: absence });
  await api('POST /holidays', { body: { date: '2031-06-13', name: 'Santo Antônio', closed: true } });
  return clientId;
}
