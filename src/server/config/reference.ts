import { variables, type Default, type Group, type Variable, type VariableName } from './variables.ts';

const groups: readonly Group[] = ['General', 'Web', 'Database', 'Mail', 'Sign-in', 'Observability', 'Backup'];

const code = (text: string): string => (text === '' ? 'empty' : `\`${text}\``);

function defaultWords(value: Default | undefined, unset: string | undefined): string {
  if (unset !== undefined) return unset;
  if (value === undefined) return 'empty';
  if (typeof value === 'string') return code(value);
  return `${code(value.development)} in development, ${code(value.production)} in production`;
}

function row(name: VariableName): string {
  const variable: Variable<unknown> = variables[name];
  const aliases = (variable.aliases ?? []).map((alias) => ` (or \`${alias}\`)`).join('');
  const means = variable.secret === true ? `${variable.means} _Secret._` : variable.means;
  const cells = [`\`${name}\`${aliases}`, variable.kind.takes, defaultWords(variable.default, variable.unset), means];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}

function table(group: Group): string {
  const names = (Object.keys(variables) as VariableName[]).filter((name) => variables[name].group === group);
  const head = '| Variable | Takes | When not set | Meaning |\n| --- | --- | --- | --- |';
  return `## ${group}\n\n${head}\n${names.map(row).join('\n')}\n`;
}

const introduction = `# Configuration

Acolhe is configured by environment variables. They are read and checked once, at start: when something is wrong, the
server does not start, and one message names every variable concerned, what it got and what it takes. Secrets are never
printed, only their length. An empty variable counts as one that is not set.

With \`DEBUG\` off the server refuses to start without a \`SECRET_KEY\` that deserves the name, without \`EMAIL_HOST\`,
without \`ALLOWED_HOSTS\` or with \`*\` in it, and with \`ALLOW_OTP_FALLBACK\` on. A variable and its other name may both
be set only when they agree.

The names are those of the earlier Django system where it had them, so its environment can be pasted.

This page is made from the declarations in \`src/server/config/variables.ts\`; a test fails when it is out of date, and
\`npx vitest run src/server/config --update\` writes it anew.
`;

const webBuild = `## Building the web app

| Variable | Takes | When not set | Meaning |
| --- | --- | --- | --- |
| \`VITE_API_BASE_URL\` | an origin such as https://api.example.com | the same origin | Where the built web app finds the API. Read when the app is built, not when the server runs. |
`;

const notes = `## Notes

- A mail server with a certificate of your own authority: give the authority's certificate to Node with
  \`NODE_EXTRA_CA_CERTS\`. Certificates are always verified.
- TLS to PostgreSQL: add \`?sslmode=verify-full\` to \`DATABASE_URL\`.
- Replacing the key: put the old \`SECRET_KEY\` first in \`SECRET_KEY_FALLBACKS\`, set a new \`SECRET_KEY\`, restart, and
  take the old one out when \`REFRESH_TOKEN_SECONDS\` have passed.
`;

/** The text of `docs/configuration.md`, as Markdown before Prettier has laid out its tables. */
export const renderReference = (): string => [introduction, ...groups.map(table), webBuild, notes].join('\n');
