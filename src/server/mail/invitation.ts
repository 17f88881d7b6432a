import type { Locale } from '../../shared/errors.ts';
import { escapeHtml } from './escape-html.ts';
import type { MailMessage } from './message.ts';

export interface Invitation {
  readonly to: string;
  readonly firstName: string;
  readonly clinic: string;
  /** Who invites, by name. */
  readonly inviter: string;
  /** Where the web app is: `https://clinica.example`. */
  readonly origin: string;
  readonly locale: Locale;
}

const words = {
  'pt-BR': ({ clinic, inviter, firstName, to, origin }: Invitation) => ({
    subject: `${inviter} convidou você para ${clinic}`,
    lines: [
      `Olá, ${firstName}.`,
      `${inviter} deu a você acesso ao cadastro e à agenda de ${clinic} no Acolhe.`,
      `Para entrar, abra ${origin}/entrar e informe este e-mail: ${to}. Você recebe um código a cada entrada; não há senha.`,
      'Se você não esperava este convite, ignore este e-mail.',
    ],
  }),
  en: ({ clinic, inviter, firstName, to, origin }: Invitation) => ({
    subject: `${inviter} invited you to ${clinic}`,
    lines: [
      `Hello ${firstName},`,
      `${inviter} gave you access to the clients and the agenda of ${clinic} in Acolhe.`,
      `To sign in, open ${origin}/entrar and enter this e-mail: ${to}. You get a code each time; there is no password.`,
      'If you did not expect this invitation, ignore this e-mail.',
    ],
  }),
} as const;

/** The mail that tells a person of their access. It carries no secret: signing in still takes a code. */
export function composeInvitation(invitation: Invitation): MailMessage {
  const { subject, lines } = words[invitation.locale](invitation);
  const paragraphs = lines.map((line) => `<p style="font:16px/1.5 sans-serif">${escapeHtml(line)}</p>`).join('\n');
  return {
    to: invitation.to,
    subject: subject.replace(/[\r\n]+/g, ' '),
    text: `${lines.join('\n\n')}\n\nacolhe\n`,
    html: `<!doctype html><html lang="${invitation.locale}"><body>${paragraphs}</body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
