import { choice, exactText, integer, pattern, postgresUrl } from '../kinds.ts';
import { optional, withDefault } from './declaration.ts';

const engines = {
  'django.db.backends.postgresql': 'postgresql',
  'django.db.backends.postgresql_psycopg2': 'postgresql',
  postgresql_psycopg2: 'postgresql',
  postgresql: 'postgresql',
  postgres: 'postgresql',
} as const;

export const database = {
  DATABASE_URL: optional(postgresUrl, {
    group: 'Database',
    secret: true,
    unset: {
      en: 'the `DB_*` variables; without them the embedded PostgreSQL',
      pt: 'as variáveis `DB_*`; sem elas, o PostgreSQL embutido',
    },
    means: {
      en: 'The PostgreSQL server (15 to 18). Goes before `DB_*`.',
      pt: 'O servidor PostgreSQL (15 a 18). Vale antes de `DB_*`.',
    },
  }),
  DB_ENGINE: withDefault(
    choice(engines, {
      en: 'postgresql or django.db.backends.postgresql (no other database is supported)',
      pt: 'postgresql ou django.db.backends.postgresql (nenhum outro banco é aceito)',
    }),
    'postgresql',
    { group: 'Database', means: { en: 'The kind of database.', pt: 'O tipo de banco de dados.' } },
  ),
  DB_NAME: optional(
    pattern({ en: 'a database name without / ? #', pt: 'um nome de banco sem / ? #' }, /^[^/?#]{1,63}$/),
    {
      group: 'Database',
      means: {
        en: 'Database name. Required when another `DB_*` is set.',
        pt: 'Nome do banco. Obrigatório quando outra `DB_*` está definida.',
      },
    },
  ),
  DB_USER: optional(exactText, {
    group: 'Database',
    unset: { en: 'the user the server runs as', pt: 'o usuário com que o servidor roda' },
    means: { en: 'Database user.', pt: 'Usuário do banco.' },
  }),
  DB_PASSWORD: optional(exactText, {
    group: 'Database',
    secret: true,
    means: { en: 'Database password.', pt: 'Senha do banco.' },
  }),
  DB_HOST: optional(
    pattern(
      {
        en: 'a host name, an IP address or the folder of a socket',
        pt: 'um nome de máquina, um endereço IP ou a pasta de um socket',
      },
      /^[^\s@?#]+$/,
    ),
    {
      group: 'Database',
      unset: { en: '`localhost` when `DB_NAME` is set', pt: '`localhost` quando `DB_NAME` está definida' },
      means: { en: 'Database host.', pt: 'Máquina do banco.' },
    },
  ),
  DB_PORT: optional(integer(1, 65_535), {
    group: 'Database',
    unset: { en: '`5432` when `DB_NAME` is set', pt: '`5432` quando `DB_NAME` está definida' },
    means: { en: 'Database port.', pt: 'Porta do banco.' },
  }),
  CONN_MAX_AGE: withDefault(integer(0, 86_400, 'seconds'), '60', {
    group: 'Database',
    means: {
      en: 'How long an idle pooled connection is kept; 0 closes it after one second.',
      pt: 'Por quanto tempo fica aberta uma conexão sem uso; 0 a fecha depois de um segundo.',
    },
  }),
  DB_POOL_MAX: withDefault(integer(1, 500), '10', {
    group: 'Database',
    means: {
      en: 'Most connections one process opens for requests.',
      pt: 'Máximo de conexões que um processo abre para atender.',
    },
  }),
};
