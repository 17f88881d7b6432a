import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { fileRows } from './reading-process/file-rows.ts';
import { giveBack, takeReader } from './reading-process/reader-process.ts';
import { memorySource } from './testing/memory-source.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A workbook with more empty shared texts than fit into the memory of a 400 MB server. */
async function emptyTexts(): Promise<Uint8Array<ArrayBuffer>> {
  const file = new ZipFile();
  const add = (name: string, text: string): void => {
    file.addBuffer(Buffer.from(text), name);
  };
  add('xl/workbook.xml', '<workbook xmlns:r="x"><sheets><sheet r:id="R1"/></sheets></workbook>');
  add(
    'xl/_rels/workbook.xml.rels',
    '<Relationships><Relationship Id="R1" Type="x/worksheet" Target="s.xml"/></Relationships>',
  );
  add('xl/s.xml', '<worksheet/>');
  // With incompressible comments in between, so that its ratio does not show that it is a zip bomb.
  const some = Array.from({ length: 400 }, () => `<!--${randomBytes(300).toString('hex')}-->${'<si/>'.repeat(8000)}`);
  add('xl/sharedStrings.xml', `<sst>${some.join('')}</sst>`);
  file.end();
  return new Uint8Array(await buffer(file.outputStream));
}

/** Milliseconds of the slowest health check while some work runs. */
async function watchHealth(work: Promise<unknown>): Promise<number[]> {
  const state = { isOver: false };
  const over = work.finally(() => {
    state.isOver = true;
  });
  const times: number[] = [];
  while (!state.isOver) {
    const begun = performance.now();
    await fetch(new URL('/healthz', server.address));
    times.push(performance.now() - begun);
    await sleep(20);
  }
  await over;
  return times.sort((a, b) => a - b);
}

describe('a file that is meant to stop a server', () => {
  it('is refused while others are answered and get their codes', async () => {
    const [one, other] = await Promise.all([openImportClinic(server), openImportClinic(server)]);
    const workbook = await emptyTexts();
    const imports = Promise.all([one, other].map(({ ana }) => importFile(ana, workbook)));
    const health = watchHealth(imports);
    await sleep(300);
    const asked = performance.now();
    await one.carla();
    expect(performance.now() - asked).toBeLessThan(5000);
    for (const job of await imports) {
      expect(job).toMatchObject({ status: 'failed', created: 0 });
      expect(job.failure?.code).toBe('workbook_too_large');
    }
    const times = await health;
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(250);
  });

  it.each([
    ['rows of one letter', 'nome\n' + 'a\n'.repeat(150_000), { created: 1, rejected: 0 }],
    ['rows without a cell', 'nome;telefone;email\n' + ';;;;\n'.repeat(150_000), { created: 0, rejected: 0 }],
    ['empty lines', 'nome\n' + '\n'.repeat(500_000) + 'Ana\n', { created: 1 }],
  ])('ends with what became of its rows: %s', async (_, content, outcome) => {
    const { ana } = await openImportClinic(server);
    expect(await importFile(ana, content)).toMatchObject({ status: 'done', failure: null, ...outcome });
  });
});

describe('the process that reads a file', () => {
  const byName = { mapping: undefined, isRemembered: false, foundDateOrder: undefined };
  const list = memorySource(Buffer.from('nome\nAna\nBia\n'));

  it('is a problem of the file when it runs out of memory, and the next file is read by another', async () => {
    const reader = takeReader();
    giveBack(reader);
    const opened = await fileRows(list).open({});
    reader.kill();
    await expect(opened.map(byName)).rejects.toMatchObject({ code: 'file_too_complex' });
    await opened.close();
    const again = await fileRows(list).open({});
    await again.map(byName);
    const names: (string | undefined)[] = [];
    for await (const batch of again.rows()) for (const { cells } of batch) names.push(cells[0]);
    await again.close();
    expect(names).toEqual(['Ana', 'Bia']);
  });

  it('ends when nobody wants its rows any more', async () => {
    const stop = new AbortController();
    const opened = await fileRows(list, stop.signal).open({});
    stop.abort(new Error('stopping'));
    await expect(opened.map(byName)).rejects.toThrow('stopping');
    await opened.close();
  });
});
