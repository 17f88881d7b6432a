import type { Client } from '../../../shared/contracts/clients.ts';

/** A WhatsApp conversation; wa.me wants the digits of E.164 only. */
export const whatsappLink = (phone: string): string => `https://wa.me/${phone.replace(/\D/g, '')}`;

export const callLink = (phone: string): string => `tel:${phone}`;

export const mailLink = (email: string): string => `mailto:${encodeURIComponent(email).replace('%40', '@')}`;

/** The address on a map, or undefined when there is too little to find a place by. */
export function findMapLink({
  street,
  number,
  neighborhood,
  city,
  state,
  postalCode,
}: Client['address']): string | undefined {
  if (city === null && postalCode === null) return undefined;
  const place = [[street, number], [neighborhood], [city, state], [postalCode]]
    .map((parts) => parts.filter((part) => part !== null).join(', '))
    .filter((part) => part !== '')
    .join(' - ');
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`;
}
