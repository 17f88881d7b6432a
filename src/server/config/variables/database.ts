import { sslModes, type SslMode } from '../../db/connection-url.ts';
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
  DATABASE_DIRECT_URL: optional(postgresUrl, {
    group: 'Database',
    secret: true,
    unset: { en: '`DATABASE_URL` leads to the server itself', pt: '`DATABASE_URL` leva ao próprio servidor' },
    means: {
      en: 'The same database past a pooler. Set it when `DATABASE_URL` is a pooler in transaction mode (PgBouncer, best from 1.21 on): requests take `DATABASE_URL`; jobs, imports, backups and migrations take this one.',
      pt: 'O mesmo banco sem passar por um pooler. Defina quando `DATABASE_URL` é um pooler em modo de transação (PgBouncer, melhor a partir da 1.21): os pedidos vão por `DATABASE_URL`; tarefas, importações, backups e migrações vão por aqui.',
    },
  }),
  DATABASE_REPLICA_URL: optional(postgresUrl, {
    group: 'Database',
    secret: true,
    unset: { en: 'every read goes to the primary', pt: 'toda leitura vai ao primário' },
    means: {
      en: 'A streaming standby of the same database, with the same login. Reads that may be seconds old go there: exports, the search for duplicates, the choices of filters. While it is away or more than 10 seconds behind, the primary answers. Sessions are always checked at the primary.',
      pt: 'Uma réplica (streaming standby) do mesmo banco, com o mesmo login. Leituras que podem ter segundos de atraso vão para lá: exportações, busca de duplicados, opções dos filtros. Enquanto ela está fora ou com mais de 10 segundos de atraso, o primário responde. As sessões são sempre conferidas no primário.',
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
  DB_NAME: optional(pattern({ en: 'a database name', pt: 'um nome de banco' }, /^.{1,63}$/su), {
    group: 'Database',
    means: {
      en: 'Database name. Required when another `DB_*` is set.',
      pt: 'Nome do banco. Obrigatório quando outra `DB_*` está definida.',
    },
  }),
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
      /^(\/.*|[^\s@?#]+)$/,
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
  PGSSLMODE: optional(
    choice(Object.fromEntries(sslModes.map((mode) => [mode, mode])) as Record<SslMode, SslMode>, {
      en: sslModes.join(', '),
      pt: sslModes.join(', '),
    }),
    {
      group: 'Database',
      unset: { en: '`sslmode` of `DATABASE_URL`, else `disable`', pt: '`sslmode` de `DATABASE_URL`, senão `disable`' },
      means: {
        en: 'How the connection is encrypted, as libpq means it: `prefer` where the server offers it, `require` without a look at the certificate unless there is a root, `verify-ca` the chain, `verify-full` chain and host name. `allow` is taken as `prefer`.',
        pt: 'Como a conexão é cifrada, no sentido da libpq: `prefer` onde o servidor oferece, `require` sem olhar o certificado (a não ser que haja uma raiz), `verify-ca` a cadeia, `verify-full` cadeia e nome. `allow` vale como `prefer`.',
      },
    },
  ),
  PGSSLROOTCERT: optional(exactText, {
    group: 'Database',
    unset: { en: '`sslrootcert` of `DATABASE_URL`', pt: '`sslrootcert` de `DATABASE_URL`' },
    means: {
      en: 'File of the authorities (PEM) that the server’s certificate is checked against; `system`, or nothing with `verify-full`, takes the public ones.',
      pt: 'Arquivo das autoridades (PEM) com que se confere o certificado do servidor; `system`, ou nada com `verify-full`, usa as públicas.',
    },
  }),
  PGSSLCERT: optional(exactText, {
    group: 'Database',
    unset: { en: '`sslcert` of `DATABASE_URL`', pt: '`sslcert` de `DATABASE_URL`' },
    means: { en: 'File of the client’s certificate (PEM).', pt: 'Arquivo do certificado do cliente (PEM).' },
  }),
  PGSSLKEY: optional(exactText, {
    group: 'Database',
    unset: { en: '`sslkey` of `DATABASE_URL`', pt: '`sslkey` de `DATABASE_URL`' },
    means: { en: 'File of that certificate’s key (PEM).', pt: 'Arquivo da chave desse certificado (PEM).' },
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
      en: 'Most connections one server opens for requests, shared out among its processes.',
      pt: 'Máximo de conexões que um servidor abre para atender, divididas entre os seus processos.',
    },
  }),
};
