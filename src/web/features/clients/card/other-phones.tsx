import styles from './other-phones.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconCopy, IconPhone } from '@tabler/icons-react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { canCopy, copyText } from '../../../ui/copy-text.ts';
import { listOtherPhones, type OtherPhone } from '../../../entities/client/other-phones.ts';
import { formatPhone } from '../../../lib/format.ts';
import { IconAnchor, IconButton } from '../../../ui/button.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';

/** The guardian's and the second number, each with what one does with a number. */
export function OtherPhones({ client }: { readonly client: Client }) {
  const { t } = useLingui();
  const { phone, secondaryPhone, guardian } = client;
  const phones = listOtherPhones({
    phone,
    secondaryPhone,
    guardianName: guardian.name,
    guardianPhone: guardian.phone,
  });
  if (phones.length === 0) return null;
  return (
    <ul className={styles['other-phones']} aria-label={t`Outros telefones`} data-screen-only="">
      {phones.map((other) => (
        <OtherPhoneRow key={other.whose} other={other} />
      ))}
    </ul>
  );
}

function OtherPhoneRow({ other: { whose, phone, name } }: { readonly other: OtherPhone }) {
  const { t } = useLingui();
  const number = formatPhone(phone);
  return (
    <li className={styles['other-phone']}>
      <span className={styles['words']}>
        <span className={styles['who']}>
          {whose === 'second' ? (
            <Trans>Outro número</Trans>
          ) : name === null ? (
            <Trans>Responsável</Trans>
          ) : (
            <Trans>
              Responsável: <Verbatim>{name}</Verbatim>
            </Trans>
          )}
        </span>
        <span className="tabular" translate="no">
          {number}
        </span>
      </span>
      <IconAnchor
        label={t`WhatsApp para ${number}`}
        href={whatsappLink(phone)}
        target="_blank"
        rel="noreferrer"
        title={t`WhatsApp`}
        icon={<IconBrandWhatsapp aria-hidden="true" />}
      />
      <IconAnchor
        label={t`Ligar para ${number}`}
        href={callLink(phone)}
        title={t`Ligar`}
        icon={<IconPhone aria-hidden="true" />}
      />
      {canCopy() && (
        <IconButton
          label={t`Copiar ${number}`}
          icon={<IconCopy aria-hidden="true" />}
          onClick={() => void copyText(number, t`${number}: copiado.`)}
        />
      )}
    </li>
  );
}
