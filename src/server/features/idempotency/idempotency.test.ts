import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { RouteKey } from '../../../shared/contracts/index.ts';
import { sql } from '../../db/sql.ts';
import { claimCreation } from './service.ts';

describe('an idempotency key', () => {
  let server: TestServer;
  let ana: SignedIn;
  let clinicId = '';

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('chave.test');
    ana = await server.signIn('ana@chave.test');
    const [clinic] = await server.db.system((tx) => tx.run(sql<{ id: string }>`select id from clinics`));
    clinicId = clinic?.id ?? '';
  });
  afterAll(() => server.stop());

  const claim = (route: RouteKey, content: readonly unknown[], recordId: string) =>
    server.db.system((tx) => {
      const actor = { clinicId, professionalId: ana.professionalId } as Parameters<typeof claimCreation>[1];
      return claimCreation(tx, actor, { key: 'uma-vez', route, content, recordId });
    });

  it('is for one route: the same content sent to another one is something else', async () => {
    const [first, content] = [randomUUID(), [{ clientId: randomUUID() }]];
    expect(await claim('POST /waiting-list', content, first)).toEqual({ earlierId: undefined, isForOtherData: false });
    expect(await claim('POST /waiting-list', content, randomUUID())).toEqual({
      earlierId: first,
      isForOtherData: false,
    });
    expect(await claim('POST /session-packages', content, randomUUID())).toMatchObject({ isForOtherData: true });
  });
});
