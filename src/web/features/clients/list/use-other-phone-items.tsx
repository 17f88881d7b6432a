import { useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconCopy, IconPhone } from '@tabler/icons-react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { canCopy, copyText } from '../../../ui/copy-text.ts';
import { listOtherPhones } from '../../../entities/client/other-phones.ts';
import { formatPhone } from '../../../lib/format.ts';

/** Entries of a row's menu for the guardian's and the second number: message, call, copy. */
export function useOtherPhoneItems(client: ClientSummary) {
  const { t } = useLingui();
  return listOtherPhones(client).flatMap(({ whose, phone, name }) => {
    const number = formatPhone(phone);
    const who = whose === 'second' ? t`outro número` : (name ?? t`responsável`);
    const copy = {
      label: t`Copiar ${number}`,
      icon: <IconCopy aria-hidden="true" />,
      onSelect: () => void copyText(number, t`${number}: copiado.`),
    };
    return [
      { label: t`WhatsApp: ${who}`, icon: <IconBrandWhatsapp aria-hidden="true" />, href: whatsappLink(phone) },
      { label: t`Ligar: ${who}`, icon: <IconPhone aria-hidden="true" />, href: callLink(phone) },
      ...(canCopy() ? [copy] : []),
    ];
  });
}
