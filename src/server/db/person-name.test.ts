import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysFromNow, type LendingClinic, openLendingClinic, register } from '../../../tests/support/lending.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { callNameOf, formatName } from '../../shared/person-name.ts';
import { callName, personName } from './person-name.ts';
import { sql } from './sql.ts';

describe('the name of a person', () => {
  let server: TestServer;
  let clinic: LendingClinic;

  beforeAll(async () => {
    server = await startTestServer();
    clinic = await openLendingClinic(server);
  });
  afterAll(() => server.stop());

  it.each([
    ['Ana', 'Sá', 'Ana Sá'],
    ['Ana', '', 'Ana'],
    ['Ana', ' ', 'Ana'],
    ['Ana', null, 'Ana'],
    ['Ana ', ' Sá', 'Ana Sá'],
    ['', 'Sá', 'Sá'],
    [null, null, ''],
  ])('of %j and %j is %j, in SQL and elsewhere', async (first, last, name) => {
    expect(formatName(first, last)).toBe(name);
    const rows = await server.db.system((tx) =>
      tx.run(
        sql`select ${personName('p')} as name from (values (${first}::text, ${last}::text)) as p (first_name, last_name)`,
      ),
    );
    expect(rows).toEqual([{ name }]);
  });

  it.each([
    ['Roberto', null, 'Roberto'],
    ['Ana Maria', '', 'Ana Maria'],
    ['Ana Maria', ' ', 'Ana Maria'],
    ['Roberto', 'Roberta', 'Roberta'],
    ['Roberto', ' Roberta Sant’Anna', 'Roberta'],
  ])(
    'in a message, of %j with the social name %j, is %j, in SQL and elsewhere',
    async (firstName, socialName, name) => {
      expect(callNameOf({ firstName, socialName })).toBe(name);
      const rows = await server.db.system((tx) =>
        tx.run(
          sql`select ${callName('c')} as name from (values (${firstName}::text, ${socialName}::text)) as c (first_name, social_name)`,
        ),
      );
      expect(rows).toEqual([{ name }]);
    },
  );

  it('is the same in every message to a client, by their social name', async () => {
    const { bruno } = clinic;
    const { professionalId } = bruno;
    const clientId = await register(bruno, 'Roberto', { lastName: 'Sant’Anna', socialName: 'Roberta Sant’Anna' });
    const startAt = '2040-01-03T12:00:00Z';
    const { body } = await bruno.api('POST /appointments', { body: { clientId, professionalId, startAt } });
    const link = await bruno.api('POST /appointments/{id}/confirmation-link', { params: { id: body.id } });
    const shift = await bruno.api('POST /appointments/shift', { body: { professionalId, from: startAt, minutes: 30 } });
    expect(link.body.firstName).toBe('Roberta');
    expect(shift.body.messages[0]?.text).toMatch(/^Olá, Roberta! /);
  });

  it('ends in no space where somebody’s last name is empty', async () => {
    const { ana, bruno, davi } = clinic;
    const params = { id: bruno.professionalId };
    await ana.api('PATCH /professionals/{id}', { params, headers: { 'if-match': '*' }, body: { lastName: '' } });
    const rui = await register(bruno, 'Rui');
    const span = { from: daysFromNow(-1), to: daysFromNow(5), reason: 'férias' };
    await bruno.api('POST /coverings', {
      body: { absentId: bruno.professionalId, coveringId: davi.professionalId, ...span },
    });
    const [covering] = (await ana.api('GET /coverings')).body.items;
    expect(covering?.absent.name).toBe('Bruno');
    expect(covering?.createdBy.name).toBe('Bruno');
    const { items: changes } = (await bruno.api('GET /clients/{id}/history', { params: { id: rui } })).body;
    expect(changes.map(({ by }) => by.name)).toEqual(['Bruno']);
    await bruno.api('GET /clients/{id}', { params: { id: rui } });
    const { items: views } = (await ana.api('GET /clients/{id}/viewers', { params: { id: rui } })).body;
    expect(new Set(views.map(({ professional }) => professional?.name))).toEqual(new Set(['Bruno']));
  });

  it('is put together in one place', async () => {
    const root = join(import.meta.dirname, '..');
    const found: string[] = [];
    for await (const file of glob('**/*.ts', { cwd: root }))
      if (
        !file.endsWith('.test.ts') &&
        /concat_ws\([^)]*first_name|split_part\([^)]*social_name/.test(readFileSync(join(root, file), 'utf8'))
      )
        found.push(file);
    expect(found).toEqual(['db/person-name.ts']);
  });
});
