import type { Config } from './config.ts';
import type { Database } from './db/transaction.ts';
import { listDemoPeople } from './features/demo/api.ts';

const roleNames = {
  administrator: 'administração',
  professional: 'profissional',
  reception: 'recepção',
  auditor: 'auditoria',
} as const;

/** The text on the terminal after a start in development: address, demo e-mails, where sign-in codes arrive. */
export async function composeGreeting(config: Config, db: Database, address: string): Promise<string> {
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
