import type { ClientSummary } from '../../../shared/contracts/clients.ts';

export interface OtherPhone {
  readonly whose: 'second' | 'guardian';
  readonly phone: string;
  /** The guardian's name. */
  readonly name: string | null;
}

/** The numbers by which a client is reached besides their own: the second one, and the guardian's. */
export function listOtherPhones(
  client: Pick<ClientSummary, 'phone' | 'secondaryPhone' | 'guardianName' | 'guardianPhone'>,
): OtherPhone[] {
  const { phone, secondaryPhone, guardianName, guardianPhone } = client;
  const phones: OtherPhone[] = [];
  // A copy from before lists had these numbers has none of them.
  if (typeof guardianPhone === 'string' && guardianPhone !== phone)
    phones.push({ whose: 'guardian', phone: guardianPhone, name: guardianName });
  if (typeof secondaryPhone === 'string' && secondaryPhone !== phone && secondaryPhone !== guardianPhone)
    phones.push({ whose: 'second', phone: secondaryPhone, name: null });
  return phones;
}
