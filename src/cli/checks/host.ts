import { constants, existsSync } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../server/config.ts';
import { projectRoot } from '../../server/project-root.ts';
import { formatCount } from '../output.ts';
import { error, type Finding, warning } from './finding.ts';

const webPage = join(projectRoot, 'dist', 'web', 'index.html');
const gibibyte = 1024 ** 3;

/** Checks the machine: disk space, a writable data folder, unencrypted backups, the built web app. */
export async function checkHost(
  config: Pick<Config, 'dataDir'>,
  options: { readonly page?: string } = {},
): Promise<Finding[]> {
  return [
    ...(await checkDisk(config.dataDir)),
    ...(await checkBackups(join(config.dataDir, 'backups'))),
    ...(existsSync(options.page ?? webPage)
      ? []
      : [
          warning(
            'web_app_missing',
            'the web app is not built: only the API is served',
            'build it, or serve it from another place',
          ),
        ]),
  ];
}

async function checkDisk(dataDir: string): Promise<Finding[]> {
  const folder = findNearestExisting(dataDir);
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { bavail, blocks, bsize } = await statfs(folder);
  const free = bavail * bsize;
  // Some file systems reserve space for root, so the space available to others is compared with the whole.
  const scarce = free < gibibyte / 2 || bavail / blocks < 0.05;
  return [
    ...(scarce
      ? [
          warning(
            'disk_nearly_full',
            `${(free / gibibyte).toFixed(1)} GiB left where ${folder} lies`,
            'make room: a full disk stops backups and the embedded database',
          ),
        ]
      : []),
    ...(writable
      ? []
      : [error('data_folder_unwritable', `${folder} cannot be written to`, 'set DATA_DIR to a folder of this user')]),
  ];
}

/** Reports archives of `acolhe backup` that are not encrypted, or that other users of the machine may read. */
async function checkBackups(folder: string): Promise<Finding[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^acolhe-.*\.tar\.gz(\.age)?$/.test(name));
  const clear = names.filter((name) => !name.endsWith('.age'));
  const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode));
  const open = modes.filter((mode) => (mode & 0o077) !== 0).length;
  if (clear.length === 0 && open === 0) return [];
  return [
    warning(
      'backups_in_clear',
      [
        ...(clear.length > 0 ? [`${formatCount(clear.length, 'backup')} with health data in the clear`] : []),
        ...(open > 0 ? [`${formatCount(open, 'backup')} that other users of this machine may read`] : []),
      ].join(', ') + ` in ${folder}`,
      'run `acolhe backup` with --passphrase-file or --recipient, and remove the old ones or `chmod 600` them',
    ),
  ];
}

function findNearestExisting(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : findNearestExisting(dirname(folder));
}
