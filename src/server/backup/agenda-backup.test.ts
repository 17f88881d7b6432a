import { expect, it } from 'vitest';
import { at } from '../../../tests/support/agenda.ts';
import { startPushService } from '../features/push-subscriptions/testing/push-service.ts';
import { restoreBackup } from './restore-backup.ts';
import { log, openBackupClinic, query } from './testing/backup-clinic.ts';

const { archiveFile, backUp, emptyDatabase, opened } = openBackupClinic();

/** Tables of the agenda that come back row by row. */
const kept = [
  ...['appointments', 'appointment_versions', 'series', 'series_gaps', 'session_packages', 'waiting_wishes'],
  ...['confirmation_links', 'reminder_preferences', 'visit_types', 'rooms'],
  ...['working_hours', 'hours_exceptions', 'time_off', 'holidays'],
];

/** Secrets and devices that an archive must not bring back. */
const dropped = ['calendar_feeds', 'push_subscriptions'];

/** One of everything that an agenda has. */
async function furnish(): Promise<void> {
  const { api, professionalId } = opened().ana;
  const [first] = (await api('GET /clients')).body.items;
  const clientId = first?.id ?? '';
  const headers = { 'if-match': '*' };
  const { id: roomId } = (await api('POST /rooms', { body: { name: 'Sala 1' } })).body;
  const { id: packageId } = (await api('POST /session-packages', { body: { clientId, total: 10 } })).body;
  const visit = { clientId, professionalId, visitType: 'consulta' };
  await api('PUT /professionals/{id}/hours', {
    params: { id: professionalId },
    body: {
      weekly: [{ weekday: 1, from: '08:00', to: '24:00' }],
      exceptions: [{ date: '2031-03-05', windows: [{ from: '10:00', to: '12:00' }] }],
    },
  });
  const booking = { ...visit, roomId, packageId, startAt: at('09:00'), notes: 'linha\n\tnota', title: 'Retorno' };
  const { id } = (await api('POST /appointments', { body: booking })).body;
  await api('PATCH /appointments/{id}', { params: { id }, headers, body: { startAt: at('10:00') } });
  await api('POST /appointments/{id}/confirmation-link', { params: { id } });
  const choices = { '2031-03-17': 'skip' as const };
  const rule = { every: 1, unit: 'week' as const, count: 3 };
  await api('POST /series', { body: { ...visit, localStart: '2031-03-10T15:00', rule, choices } });
  await api('POST /waiting-list', { body: { clientId, note: 'prefere cedo' } });
  await api('POST /time-off', {
    body: { professionalId, startAt: at('08:00', '2031-04-01'), endAt: at('18:00', '2031-04-02'), reason: 'Curso' },
  });
  await api('POST /holidays', { body: { date: '2031-08-15', name: 'Padroeira' } });
  await api('PATCH /clients/{id}/reminders', { params: { id: clientId }, headers, body: { email: false } });
  await api('POST /calendar-feeds', { body: { name: 'Celular' } });
  const push = await startPushService();
  const { publicKey } = (await api('GET /push-key')).body;
  await api('POST /push-subscriptions', { body: push.subscribe(publicKey).body });
  await push.close();
}

/** The rows of each table as text, in one order. */
async function readTables(url: string, tables: readonly string[]): Promise<Record<string, unknown[]>> {
  const read = async (table: string) => {
    const rows = await query<{ row: string }>(url, `select t::text as row from ${table} as t order by 1`);
    return [table, rows.map(({ row }) => row)] as const;
  };
  return Object.fromEntries(await Promise.all(tables.map(read)));
}

it('brings back every row of the agenda as it was, but no secret address and no device', async () => {
  await furnish();
  const file = archiveFile();
  await backUp(file);
  const target = await emptyDatabase();
  await restoreBackup({ url: target.url, file, key: undefined, log });
  const { url } = opened().server.database;
  const [before, after] = await Promise.all([readTables(url, kept), readTables(target.url, kept)]);
  for (const table of kept) expect(before[table], table).not.toEqual([]);
  expect(after).toEqual(before);
  const [secrets, gone] = await Promise.all([readTables(url, dropped), readTables(target.url, dropped)]);
  expect(Object.values(secrets).map((rows) => rows.length)).toEqual([1, 1]);
  expect(gone).toEqual({ calendar_feeds: [], push_subscriptions: [] });
});
