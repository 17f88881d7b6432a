import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const header = 'nome,cidade,observações,cor';
const file = [header, 'Maria Nova,Campinas,alergia a iodo,', 'Maria Nova,Santos,gestante,', ''].join('\n');

/** Everybody with city and notes. */
async function everybody(who: SignedIn): Promise<string[]> {
  const clients = await Promise.all(
    (await listAll(who)).map(({ id }) => who.api('GET /clients/{id}', { params: { id } })),
  );
  return clients
    .map(({ body }) => [body.firstName, body.lastName, body.address.city, body.notes].filter(Boolean).join(' '))
    .sort();
}

describe('people of whom a file says no more than the name', () => {
  it.each(['skip', 'update', 'create'] as const)('lose nothing to each other, with %s', async (onConflict) => {
    const { ana } = await openImportClinic(server);
    const numbers =
      onConflict === 'create' ? { created: 2, updated: 0, conflicts: 0 } : { created: 1, updated: 0, conflicts: 1 };
    expect(await importFile(ana, file, { onConflict, dryRun: 'true' })).toMatchObject(numbers);
    const job = await importFile(ana, file, { onConflict });
    expect(job).toMatchObject(numbers);
    expect(job.problems.map(({ line, column, code }) => [line, column, code])).toEqual(
      onConflict === 'create' ? [] : [[3, 2, 'same_name_only']],
    );
    const both = ['Maria Nova Campinas alergia a iodo', 'Maria Nova Santos gestante'];
    expect(await everybody(ana)).toEqual(onConflict === 'create' ? both : both.slice(0, 1));
    const again = await importFile(ana, file, { onConflict });
    expect(again).toMatchObject({ ...numbers, created: 0, unchanged: numbers.created });
    expect(await undoImport(ana, job.id)).toMatchObject({ undo: { removed: numbers.created, kept: 0 } });
  });

  it('are one where a row adds to what is known, and nobody where several may be meant', async () => {
    const { ana } = await openImportClinic(server);
    await importFile(ana, file, { onConflict: 'create' });
    const alone = await importFile(ana, `${header}\nMaria Nova,,,\nMaria Nova,CAMPINAS,,azul\nMaria Nova,,,verde\n`);
    // The name alone meets anybody; the city tells whose the colour is; another colour can be Santos' Maria's only.
    expect(alone).toMatchObject({ created: 0, updated: 2, unchanged: 1, conflicts: 0 });
    const another = await importFile(ana, `${header},profissão\nMaria Nova,,,,Médica\n`, { onConflict: 'create' });
    expect(another).toMatchObject({ created: 0, conflicts: 1, problems: [{ code: 'several_matches' }] });
    const other = await importFile(ana, `${header}\nMaria Nova,,,rosa\n`);
    expect(other).toMatchObject({ created: 0, conflicts: 1, problems: [{ column: 0, code: 'same_name_only' }] });
  });

  it('are told apart by a date of birth, and then may have moved', async () => {
    const { ana } = await openImportClinic(server);
    const rows = 'Rui Dias,Itu,01/02/1980\nRui Dias,Lins,\nRui Dias,Tatuí,01/02/1980\n';
    expect(await importFile(ana, `nome,cidade,nascimento\n${rows}`)).toMatchObject({ created: 2, updated: 1 });
    expect(await everybody(ana)).toEqual(['Rui Dias Lins', 'Rui Dias Tatuí']);
  });

  it('come back from an export as many as they were, once', async () => {
    const [{ ana: from }, { ana: to }] = [await openImportClinic(server), await openImportClinic(server)];
    await importFile(from, file, { onConflict: 'create' });
    for (const name of ['Só Nome', 'Só Nome', 'Maria'])
      await from.api('POST /clients', { body: { firstName: name, lastName: name === 'Maria' ? 'Nova' : null } });
    for (const city of ['Itu', 'Lins'])
      await from.api('POST /clients', { body: { firstName: 'Rui', dateOfBirth: '1980-02-01', address: { city } } });
    const { body } = await from.api('GET /clients/export.csv', {});
    expect(await importFile(to, String(body), { dryRun: 'true' })).toMatchObject({ created: 7, conflicts: 0 });
    expect(await importFile(to, String(body))).toMatchObject({ created: 7, updated: 0, conflicts: 0 });
    expect(await everybody(to)).toEqual(await everybody(from));
    expect(await importFile(to, String(body))).toMatchObject({ created: 0, updated: 0, unchanged: 7, conflicts: 0 });
  });

  it('are compared with few, however many have one name', async () => {
    const { ana } = await openImportClinic(server);
    const rows = Array.from({ length: 200 }, (_, at) => `Cliente,Cidade ${String(at)},,`);
    const many = [header, ...rows].join('\n');
    expect(await importFile(ana, many, { onConflict: 'create' })).toMatchObject({ created: 51, conflicts: 149 });
    expect(await importFile(ana, many, { onConflict: 'create' })).toMatchObject({
      ...{ created: 0, updated: 0, unchanged: 51, conflicts: 149 },
    });
  });
});
