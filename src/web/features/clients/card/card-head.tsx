import styles from './card-head.module.css';
import { useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconPencil, IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { describeAge, describePlace } from '../../../entities/client/client-line.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { fullName, today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { IconAnchor, IconButton } from '../../../ui/button.tsx';

interface CardHeadProps {
  readonly client: Client;
  readonly onEditName: () => void;
  readonly menu: ReactNode;
}

/** Characters from which on a name would take more than two lines beside the buttons. */
const longName = 32;

/** Who this is, and how to reach them: stays in sight while the card scrolls. */
export function CardHead({ client, onEditName, menu }: CardHeadProps) {
  const { t } = useLingui();
  const { dateOfBirth } = client;
  const day = today(useClinicTimeZone());
  // Of somebody anonymous the year alone is kept.
  const year = dateOfBirth?.slice(0, 4) ?? '';
  const age = dateOfBirth === null ? '' : client.anonymous ? t`nasceu em ${year}` : describeAge(dateOfBirth, day);
  const facts = [age, describePlace(client.address)];
  const line = facts.filter((fact) => fact !== '').join(' · ');
  const name = fullName(client);
  return (
    <div className={styles['card-head']} data-long={name.length > longName ? '' : undefined}>
      <div className={styles['card-who']}>
        <Avatar name={name} size="3rem" />
        <div className={styles['card-words']}>
          <div className={styles['card-name-row']}>
            <h2 className={styles['card-name']} translate="no">
              {name}
            </h2>
            {client.archivedAt === null && (
              <IconButton
                label={t`Alterar nome`}
                data-field="firstName"
                data-pencil=""
                icon={<IconPencil size="1.125rem" aria-hidden="true" />}
                onClick={onEditName}
              />
            )}
          </div>
          {line !== '' && <p className={styles['card-line']}>{line}</p>}
        </div>
      </div>
      <div className={styles['card-reach']}>
        {client.phone !== null && <Reach phone={client.phone} />}
        {menu}
      </div>
    </div>
  );
}

function Reach({ phone }: { readonly phone: string }) {
  const { t } = useLingui();
  return (
    <>
      <IconAnchor
        label={t`WhatsApp`}
        href={whatsappLink(phone)}
        target="_blank"
        rel="noreferrer"
        icon={<IconBrandWhatsapp aria-hidden="true" />}
      />
      <IconAnchor label={t`Ligar`} href={callLink(phone)} icon={<IconPhone aria-hidden="true" />} />
    </>
  );
}
