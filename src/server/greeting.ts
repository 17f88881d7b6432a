import type { Config } from './config.ts';
import type { Database } from './db/transaction.ts';
import { listDemoPeople } from './features/demo/api.ts';

const roleNames = { administrator: 'administração', professional: 'profissional', reception: 'recepção' } as const;

/** What a person who started the product in development needs to know, in a few plain lines. */
export async function greetingOf(config: Config, db: Database, address: string): Promise<string> {
  const people = await listDemoPeople(db);
  const lines = people.map(({ email, role }) => `    ${email.padEnd(24)}${roleNames[role]}`);
  const codes =
    config.mail.transport === 'mailbox'
      ? `  O código de acesso chega em ${address}/dev/mailbox`
      : `  O código de acesso chega por e-mail, enviado por ${config.mail.host}:${config.mail.port}`;
  return [
    '',
    `  Acolhe está pronto em ${address}`,
    '',
    ...(lines.length === 0 ? [] : ['  Entre na clínica de demonstração com um destes e-mails:', ...lines, '']),
    codes,
    '  Ctrl-C encerra e guarda tudo.',
    '',
    '',
  ].join('\n');
}
