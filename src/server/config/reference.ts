import type { Words } from './kinds.ts';
import type { Default, Group, Variable } from './variables/declaration.ts';
import { variables, type VariableName } from './variables.ts';

type Language = keyof Words;

const groups: Readonly<Record<Group, Words>> = {
  General: { en: 'General', pt: 'Geral' },
  Web: { en: 'Web', pt: 'Web' },
  Database: { en: 'Database', pt: 'Banco de dados' },
  Mail: { en: 'Mail', pt: 'E-mail' },
  'Sign-in': { en: 'Sign-in', pt: 'Acesso' },
  Observability: { en: 'Observability', pt: 'Observação' },
  Backup: { en: 'Backup', pt: 'Cópia de segurança' },
};

const empty: Words = { en: 'empty', pt: 'vazio' };
const secret: Words = { en: ' _Secret._', pt: ' _Secreta._' };
const alias: Words = { en: 'or', pt: 'ou' };
const head: Words = {
  en: '| Variable | Takes | When not set | Meaning |\n| --- | --- | --- | --- |',
  pt: '| Variável | Aceita | Quando não definida | Significado |\n| --- | --- | --- | --- |',
};
const defaults: Readonly<Record<Language, (development: string, production: string) => string>> = {
  en: (development, production) => `${development} in development, ${production} in production`,
  pt: (development, production) => `${development} em desenvolvimento, ${production} em produção`,
};

const code = (text: string, language: Language): string => (text === '' ? empty[language] : `\`${text}\``);

function defaultWords(value: Default | undefined, unset: Words | undefined, language: Language): string {
  if (unset !== undefined) return unset[language];
  if (value === undefined) return empty[language];
  if (typeof value === 'string') return code(value, language);
  return defaults[language](code(value.development, language), code(value.production, language));
}

function row(name: VariableName, language: Language): string {
  const { aliases = [], kind, default: value, unset, means, secret: isSecret }: Variable<unknown> = variables[name];
  const others = aliases.map((other) => ` (${alias[language]} \`${other}\`)`).join('');
  const cells = [
    `\`${name}\`${others}`,
    kind.takes[language],
    defaultWords(value, unset, language),
    `${means[language]}${isSecret === true ? secret[language] : ''}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}

function table(group: Group, language: Language): string {
  const names = (Object.keys(variables) as VariableName[]).filter((name) => variables[name].group === group);
  const rows = names.map((name) => row(name, language));
  return `## ${groups[group][language]}\n\n${head[language]}\n${rows.join('\n')}\n`;
}

const introduction: Words = {
  en: `# Configuration

_[Em português](configuration.pt-BR.md)_

Acolhe is configured by environment variables. They are read and checked once, at start: when something is wrong, the
server does not start, and one message names every variable concerned, what it got and what it takes. Secrets are never
printed, only their length. An empty variable counts as one that is not set.

With \`DEBUG\` off the server refuses to start without a \`SECRET_KEY\` that deserves the name, without \`EMAIL_HOST\`,
without \`ALLOWED_HOSTS\` or with \`*\` in it, and with \`ALLOW_OTP_FALLBACK\` on. A variable and its other name may both
be set only when they agree.

The names are those of the earlier Django system where it had them, so its environment can be pasted.

This page is made from the declarations in \`src/server/config/variables\`; a test fails when it is out of date, and
\`npx vitest run src/server/config --update\` writes it anew.
`,
  pt: `# Configuração

_[In English](configuration.md)_

O Acolhe é configurado por variáveis de ambiente. Elas são lidas e conferidas uma vez, na partida: quando algo está errado,
o servidor não sobe, e uma única mensagem (em inglês) nomeia cada variável, o que ela recebeu e o que ela aceita. Segredos
nunca são mostrados, só o seu tamanho. Uma variável vazia conta como não definida.

Com \`DEBUG\` desligado, o servidor se recusa a subir sem uma \`SECRET_KEY\` que mereça o nome, sem \`EMAIL_HOST\`, sem
\`ALLOWED_HOSTS\` ou com \`*\` nela, e com \`ALLOW_OTP_FALLBACK\` ligado. Uma variável e o seu outro nome só podem estar
definidos juntos quando dizem o mesmo.

Os nomes são os do sistema anterior, em Django, onde ele os tinha: o ambiente dele pode ser colado.

Esta página é feita das declarações em \`src/server/config/variables\`; um teste falha quando ela está desatualizada, e
\`npx vitest run src/server/config --update\` a escreve de novo.
`,
};

const webBuild: Words = {
  en: `## Building the web app

${head.en}
| \`VITE_API_BASE_URL\` | an origin such as https://api.example.com | the same origin | Where the built web app finds the API. Read when the app is built, not when the server runs. |

## For \`acolhe smoke\`

${head.en}
| \`SMOKE_IMAP_URL\` | imaps://user:password@host/folder, percent-encoded | codes are asked for in the terminal | The mailbox that sign-in codes arrive in; the same as \`--imap\`, but not seen in the list of processes. _Secret._ |
`,
  pt: `## Para construir o aplicativo web

${head.pt}
| \`VITE_API_BASE_URL\` | uma origem como https://api.example.com | a mesma origem | Onde o aplicativo construído encontra a API. Lida quando o aplicativo é construído, não quando o servidor roda. |

## Para \`acolhe smoke\`

${head.pt}
| \`SMOKE_IMAP_URL\` | imaps://usuário:senha@máquina/pasta, com codificação por cento | o código é pedido no terminal | A caixa em que chegam os códigos de acesso; o mesmo que \`--imap\`, mas sem aparecer na lista de processos. _Secreta._ |
`,
};

const notes: Words = {
  en: `## Notes

- A mail server with a certificate of your own authority: give the authority's certificate to Node with
  \`NODE_EXTRA_CA_CERTS\`. Certificates are always verified.
- TLS to PostgreSQL: add \`?sslmode=verify-full\` to \`DATABASE_URL\`.
- Replacing the key: put the old \`SECRET_KEY\` first in \`SECRET_KEY_FALLBACKS\`, set a new \`SECRET_KEY\`, restart, and
  take the old one out when \`REFRESH_TOKEN_SECONDS\` have passed.
- The other variables of OpenTelemetry's standard are not read.
`,
  pt: `## Notas

- Servidor de e-mail com certificado de uma autoridade própria: dê o certificado dela ao Node com
  \`NODE_EXTRA_CA_CERTS\`. Certificados são sempre conferidos.
- TLS até o PostgreSQL: acrescente \`?sslmode=verify-full\` a \`DATABASE_URL\`.
- Para trocar a chave: ponha a \`SECRET_KEY\` antiga como primeira de \`SECRET_KEY_FALLBACKS\`, defina uma nova
  \`SECRET_KEY\`, reinicie, e tire a antiga depois de passados os \`REFRESH_TOKEN_SECONDS\`.
- As outras variáveis do padrão OpenTelemetry não são lidas.
`,
};

/** The text of `docs/configuration.md` or `docs/configuration.pt-BR.md`, before Prettier formats its tables. */
export const renderReference = (language: Language): string =>
  [
    introduction[language],
    ...(Object.keys(groups) as Group[]).map((group) => table(group, language)),
    webBuild[language],
    notes[language],
  ].join('\n');
