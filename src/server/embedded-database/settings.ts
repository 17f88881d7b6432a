import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PostgreSQL settings by name, as postgresql.conf takes them. */
export type Settings = Record<string, string | number | boolean>;

/** For one small machine that runs everything: a few dozen connections, an SSD, 1 GB of memory or more. */
const defaults: Settings = {
  max_connections: 60,
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: 1.1,
  jit: false,
  max_parallel_workers_per_gather: 1,
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // Errors quote values of personal data in their message, detail and statement; the application logs its own.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: false,
};

/** Where nobody but a holder of the password can come in, whatever the caller asks for. */
const fixed: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
};

/** Writes settings.conf, which postgresql.conf includes. Whole or not at all, because a second start may read it. */
export function writeSettings(clusterFolder: string, port: number, settings: Settings): void {
  const lines = Object.entries({ ...defaults, ...settings, ...fixed, port }).map(
    ([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`,
  );
  const file = join(clusterFolder, 'settings.conf');
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, lines.join(''));
  chmodSync(draft, 0o644);
  renameSync(draft, file);
}
