import { escapeHtml } from '../../http/escape-html.ts';
import type { MailMessage } from '../../mail/message.ts';
import type { HeadPayload } from './head-job.ts';

/** The mail with the ends of the chains, for the host's operator: ids, counts and hashes. */
export function composeHeadMail(to: string, { day, heads }: HeadPayload): MailMessage {
  const words =
    'Guarde este e-mail: com ele, acolhe audit verify --head mostra se o fim de uma trilha foi cortado. ' +
    'Keep this mail: acolhe audit verify --head shows with it whether the end of a trail was cut off.';
  return {
    to,
    subject: `acolhe: trilhas de auditoria em ${day}`,
    text: `${words}\n\n${heads}`,
    html: `<!doctype html><html lang="pt-BR"><body><p>${escapeHtml(words)}</p><pre>${escapeHtml(heads)}</pre></body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
