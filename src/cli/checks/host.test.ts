import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkHost } from './host.ts';

it('sees backups that lie in the clear, or that other users of the machine may read', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'acolhe-host-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const backups = join(dataDir, 'backups');
  await mkdir(backups);
  const seen = async () =>
    (await checkHost({ dataDir })).filter(({ name }) => name === 'backups_in_clear').map((finding) => finding.seen);
  const closed = join(backups, 'acolhe-20260101T000000Z.tar.gz.age');
  await writeFile(closed, '', { mode: 0o600 });
  await writeFile(join(backups, 'notes.txt'), '');
  expect(await seen()).toEqual([]);
  await writeFile(join(backups, 'acolhe-20260102T000000Z.tar.gz'), '', { mode: 0o600 });
  expect(await seen()).toEqual([`1 backup with health data in the clear in ${backups}`]);
  await chmod(closed, 0o644);
  expect(await seen()).toEqual([
    `1 backup with health data in the clear, 1 backup that other users of this machine may read in ${backups}`,
  ]);
});
