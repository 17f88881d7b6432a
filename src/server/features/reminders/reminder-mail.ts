import { formatPhone } from '../../../shared/phone.ts';
import { escapeHtml } from '../../http/escape-html.ts';
import type { MailMessage } from '../../mail/message.ts';
import { toPlainName } from '../../mail/plain-name.ts';
import { formatMoment, type MessageFacts } from './messages.ts';

interface ReminderFacts extends MessageFacts {
  readonly to: string;
  readonly clinicPhone: string | null;
  readonly clinicAddress: string | null;
  /** Undefined when the configuration does not say where the web app is. */
  readonly url: string | undefined;
}

/** An address of streets and numbers on one line; nothing that a mail program might turn into a link. */
function toPlainAddress(address: string): string | undefined {
  const line = address
    .normalize('NFKC')
    .replace(/[\p{Z}\p{C}]+/gu, ' ')
    .trim();
  return /:\/\/|@|\bwww\b|[\p{L}\p{N}]\.[\p{L}]{2,}/iu.test(line) || line === '' ? undefined : line.slice(0, 200);
}

/** The mail that reminds a client of their appointment: when, where, and the link by which they answer. In Portuguese. */
export function composeReminder(facts: ReminderFacts): MailMessage {
  const name = toPlainName(facts.firstName, '');
  const clinic = toPlainName(facts.clinicName, 'sua clínica');
  const moment = formatMoment(facts.localStart);
  const address = facts.clinicAddress === null ? undefined : toPlainAddress(facts.clinicAddress);
  const phone = facts.clinicPhone === null ? undefined : formatPhone(facts.clinicPhone);
  const lines = [
    name === '' ? 'Olá.' : `Olá, ${name}.`,
    `Lembramos do seu atendimento em ${clinic}: ${moment}.`,
    ...(address === undefined ? [] : [`Endereço: ${address}.`]),
    ...(phone === undefined ? [] : [`Telefone da clínica: ${phone}.`]),
  ];
  const lead = 'Para confirmar, cancelar ou pedir outro horário, abra:';
  const end = 'Se não quiser mais receber lembretes por e-mail, avise a clínica.';
  const paragraph = (html: string): string => `<p style="font:16px/1.5 sans-serif">${html}</p>`;
  const { url } = facts;
  const link = url === undefined ? [] : [`${escapeHtml(lead)} <a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`];
  const body = [...lines.map(escapeHtml), ...link, escapeHtml(end)].map(paragraph).join('\n');
  return {
    to: facts.to,
    subject: `Lembrete: seu atendimento em ${clinic}, ${moment}`,
    text: `${[...lines, ...(url === undefined ? [] : [`${lead} ${url}`]), end].join('\n\n')}\n\nacolhe\n`,
    html: `<!doctype html><html lang="pt-BR"><body>${body}</body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
