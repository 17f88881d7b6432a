import { toPlainName } from '../../mail/plain-name.ts';

/** What messages to clients say. Names may be as people typed them; the messages take them as plain names. */
export interface MessageFacts {
  readonly firstName: string;
  readonly clinicName: string;
  /** The clinic's wall time: `2026-12-01T14:30` */
  readonly localStart: string;
}

const dayParts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
const dateFormat = new Intl.DateTimeFormat('pt-BR', dayParts);
const dateFormatWithYear = new Intl.DateTimeFormat('pt-BR', { ...dayParts, year: 'numeric' });

/**
 * “terça-feira, 1º de dezembro, às 14:30”, from a wall time; with the year unless it is this one. Clients are written to in
 * Portuguese, in which the first of a month is an ordinal.
 */
export function formatMoment(localStart: string, now = new Date()): string {
  const day = new Date(`${localStart.slice(0, 10)}T00:00:00Z`);
  const format = day.getUTCFullYear() === now.getUTCFullYear() ? dateFormat : dateFormatWithYear;
  return `${format.format(day).replace(', 1 de ', ', 1º de ')}, às ${localStart.slice(11, 16)}`;
}

/** “Olá, Maria. Aqui é da equipe Clínica Exemplo.” The word before the name suits every name, whatever its gender. */
export function composeGreeting({ firstName, clinicName }: Pick<MessageFacts, 'firstName' | 'clinicName'>): string {
  const name = toPlainName(firstName, '');
  const clinic = toPlainName(clinicName, '');
  const from = clinic === '' ? 'Aqui é da sua clínica.' : `Aqui é da equipe ${clinic}.`;
  return `${name === '' ? 'Olá.' : `Olá, ${name}.`} ${from}`;
}

/** When it is, with the link by which a client confirms. Without a link, because the web app's address is unknown, it asks for a reply. */
export function composeRequest(localStart: string, url: string | undefined): string {
  const when = `Seu atendimento está marcado para ${formatMoment(localStart)}.`;
  const ask =
    url === undefined
      ? 'Você confirma? Responda por aqui, também se precisar cancelar ou de outro horário.'
      : `Para confirmar, cancelar ou pedir outro horário: ${url}`;
  return `${when} ${ask}`;
}
