import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMails } from '../../../../tests/support/mailbox.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { verifyChains } from './chain.ts';
import { readHeads } from './chain-head.ts';
import { makeHeadKeeper } from './keep-heads.ts';
import { sealEvents } from './service.ts';

describe('the ends of the chains', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ AUDIT_HEAD_EMAIL: 'guarda@hospedagem.test' });
    await server.createClinic('ponta.test');
    await server.signIn('ana@ponta.test');
    await sealEvents(server.db, 'all');
  });
  afterAll(() => server.stop());

  const keeper = async (auditHeadEmail?: string) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'acolhe-heads-'));
    return { dataDir, keep: makeHeadKeeper({ db: server.db, config: { dataDir, auditHeadEmail } }) };
  };

  it('leave the database once a day, to a file of the day that verifying takes', async () => {
    const { dataDir, keep } = await keeper();
    await keep();
    const [name = '', ...others] = await readdir(join(dataDir, 'audit-heads'));
    expect([name, others]).toEqual([`${new Date().toISOString().slice(0, 10)}.jsonl`, []]);
    const text = await readFile(join(dataDir, 'audit-heads', name), 'utf8');
    const heads = readHeads(text);
    if (typeof heads === 'number') throw new Error('not a file of heads');
    const [report] = await verifyChains(server.db, () => undefined, heads);
    expect(report).toMatchObject({ broken: undefined, links: heads[0]?.links, head: heads[0]?.head });
    await server.signIn('ana@ponta.test');
    await sealEvents(server.db, 'all');
    await keep();
    const again = makeHeadKeeper({ db: server.db, config: { dataDir, auditHeadEmail: undefined } });
    await again();
    expect(await readFile(join(dataDir, 'audit-heads', name), 'utf8')).toBe(text);
  });

  it('go by mail, too, where an address is configured: ids, counts and hashes alone', async () => {
    const { dataDir, keep } = await keeper('guarda@hospedagem.test');
    await keep();
    const find = async () => (await listMails(server)).find(({ to }) => to === 'guarda@hospedagem.test')?.text;
    await expect.poll(find, { timeout: 10_000 }).toBeDefined();
    const [name = ''] = await readdir(join(dataDir, 'audit-heads'));
    const mailed = await find();
    expect(mailed).toContain(await readFile(join(dataDir, 'audit-heads', name), 'utf8'));
    expect(mailed).not.toContain('ponta');
  });
});
