import type { Locale } from '../shared/errors.ts';
import type { Config } from './config.ts';
import type { Database } from './db/transaction.ts';
import { listDemoPeople } from './features/demo/api.ts';

const words = {
  'pt-BR': {
    ready: 'Acolhe está pronto em',
    demo: 'Entre na clínica de demonstração com um destes e-mails:',
    mailbox: 'O código de acesso chega em',
    mail: 'O código de acesso chega por e-mail, enviado por',
    stop: 'Ctrl-C encerra e guarda tudo.',
    roles: {
      administrator: 'administração',
      professional: 'profissional',
      reception: 'recepção',
      auditor: 'auditoria',
    },
  },
  en: {
    ready: 'Acolhe is ready at',
    demo: 'Sign in to the demo clinic with one of these addresses:',
    mailbox: 'The sign-in code arrives at',
    mail: 'The sign-in code arrives by e-mail, sent by',
    stop: 'Ctrl-C stops it and keeps everything.',
    roles: {
      administrator: 'administration',
      professional: 'professional',
      reception: 'reception',
      auditor: 'auditing',
    },
  },
} as const satisfies Record<Locale, unknown>;

/** The text on the terminal after a start in development: address, demo e-mails, where sign-in codes arrive. */
export async function composeGreeting(
  config: Config,
  db: Database,
  address: string,
  language: Locale,
): Promise<string> {
  const say = words[language];
  const people = await listDemoPeople(db);
  const lines = people.map(({ email, role }) => `    ${email.padEnd(24)}${say.roles[role]}`);
  const codes =
    config.mail.transport === 'mailbox'
      ? `  ${say.mailbox} ${address}/dev/mailbox`
      : `  ${say.mail} ${config.mail.host}:${config.mail.port}`;
  return [
    '',
    `  ${say.ready} ${address}`,
    '',
    ...(lines.length === 0 ? [] : [`  ${say.demo}`, ...lines, '']),
    codes,
    `  ${say.stop}`,
    '',
    '',
  ].join('\n');
}
