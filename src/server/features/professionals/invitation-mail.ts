import type { Locale } from '../../../shared/errors.ts';
import { escapeHtml } from '../../http/escape-html.ts';
import type { MailMessage } from '../../mail/message.ts';
import { toPlainName } from '../../mail/plain-name.ts';

export interface Invitation {
  readonly to: string;
  readonly firstName: string;
  readonly clinic: string;
  /** The name of the person who invites. */
  readonly inviter: string;
  /** The origin of the web app, `https://clinica.example`; undefined when the configuration does not say. */
  readonly publicUrl: string | undefined;
  /** The address already signs in to another clinic, and an address can sign in to one only. */
  readonly isHeld: boolean;
  readonly locale: Locale;
}

interface Words {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** Names have to be made safe before (toPlainName). The only link is the configured address of the web app. */
const words: Record<Locale, (facts: Invitation) => Words> = {
  'pt-BR': ({ clinic, inviter, firstName, to, publicUrl, isHeld }) => ({
    subject: `${inviter} convidou você para ${clinic}`,
    lines: [
      firstName === '' ? 'Olá.' : `Olá, ${firstName}.`,
      ...(isHeld
        ? [
            `${inviter} quis dar a você acesso ao cadastro e à agenda de ${clinic} no Acolhe.`,
            `Este e-mail, ${to}, já entra em outra clínica, e cada e-mail entra em uma só. Para aceitar, informe outro e-mail seu a quem convidou você. Seu acesso de hoje continua como está, e ninguém da outra clínica fica sabendo dele.`,
          ]
        : [
            `${inviter} deu a você acesso ao cadastro e à agenda de ${clinic} no Acolhe.`,
            `Para entrar, abra ${publicUrl === undefined ? 'o Acolhe no endereço que a sua clínica usa' : `${publicUrl}/entrar`} e informe este e-mail: ${to}. Você recebe um código a cada entrada; não há senha.`,
          ]),
      'Se você não esperava este convite, ignore este e-mail.',
    ],
  }),
  en: ({ clinic, inviter, firstName, to, publicUrl, isHeld }) => ({
    subject: `${inviter} invited you to ${clinic}`,
    lines: [
      firstName === '' ? 'Hello,' : `Hello ${firstName},`,
      ...(isHeld
        ? [
            `${inviter} wanted to give you access to the clients and the agenda of ${clinic} in Acolhe.`,
            `This e-mail, ${to}, already enters another clinic, and each e-mail enters one only. To accept, give another e-mail of yours to whoever invited you. Your present access stays as it is, and nobody of the other clinic learns of it.`,
          ]
        : [
            `${inviter} gave you access to the clients and the agenda of ${clinic} in Acolhe.`,
            `To sign in, open ${publicUrl === undefined ? 'Acolhe at the address that your clinic uses' : `${publicUrl}/entrar`} and enter this e-mail: ${to}. You get a code each time; there is no password.`,
          ]),
      'If you did not expect this invitation, ignore this e-mail.',
    ],
  }),
};

const neutral: Record<Locale, { readonly inviter: string; readonly clinic: string }> = {
  'pt-BR': { inviter: 'Uma pessoa da equipe', clinic: 'sua clínica' },
  en: { inviter: 'A person of the team', clinic: 'your clinic' },
};

/** The mail that tells a person about their access. It contains no secret: signing in still takes a code. */
export function composeInvitation(invitation: Invitation): MailMessage {
  const { to, locale } = invitation;
  const { subject, lines } = words[locale]({
    ...invitation,
    firstName: toPlainName(invitation.firstName, ''),
    inviter: toPlainName(invitation.inviter, neutral[locale].inviter),
    clinic: toPlainName(invitation.clinic, neutral[locale].clinic),
  });
  const paragraphs = lines.map((line) => `<p style="font:16px/1.5 sans-serif">${escapeHtml(line)}</p>`).join('\n');
  return {
    to,
    subject,
    text: `${lines.join('\n\n')}\n\nacolhe\n`,
    html: `<!doctype html><html lang="${locale}"><body>${paragraphs}</body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
