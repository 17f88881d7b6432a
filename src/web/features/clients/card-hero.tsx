import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconMail, IconMapPin, IconPencil, IconPhone } from '@tabler/icons-react';
import type { Client } from '../../../shared/contracts/clients.ts';
import { fullName } from '../../lib/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { ButtonAnchor, ButtonLink } from '../../ui/button.tsx';
import { describeAge, describePlace } from './client-line.ts';
import { callLink, findMapLink, mailLink, whatsappLink } from './client-links.ts';

/** Who it is, and what can be done at once. */
export function CardHero({ client }: { readonly client: Client }) {
  const name = fullName(client);
  const { dateOfBirth, socialName, tags } = client;
  const facts = [dateOfBirth === null ? '' : describeAge(dateOfBirth), describePlace(client.address)];
  const line = facts.filter((fact) => fact !== '').join(' · ');
  return (
    <div className="card-hero">
      <Avatar name={name} size="4rem" />
      <div className="card-who">
        <h2 className="card-name">{name}</h2>
        {socialName !== null && (
          <p className="card-social">
            <Trans>Nome social: {socialName}</Trans>
          </p>
        )}
        {line !== '' && <p className="card-line">{line}</p>}
      </div>
      {tags.length > 0 && (
        <ul className="card-tags">
          {tags.map((tag) => (
            <li key={tag} className="client-tag">
              {tag}
            </li>
          ))}
        </ul>
      )}
      <QuickActions client={client} />
    </div>
  );
}

function QuickActions({ client }: { readonly client: Client }) {
  const { t } = useLingui();
  const { phone, email } = client;
  const map = findMapLink(client.address);
  const outside = { target: '_blank', rel: 'noreferrer' };
  return (
    <div className="card-actions" role="group" aria-label={t`Ações rápidas`}>
      {phone !== null && (
        <ButtonAnchor href={whatsappLink(phone)} {...outside} icon={<IconBrandWhatsapp aria-hidden="true" />}>
          <Trans>WhatsApp</Trans>
        </ButtonAnchor>
      )}
      {phone !== null && (
        <ButtonAnchor href={callLink(phone)} icon={<IconPhone aria-hidden="true" />}>
          <Trans>Ligar</Trans>
        </ButtonAnchor>
      )}
      {email !== null && (
        <ButtonAnchor href={mailLink(email)} icon={<IconMail aria-hidden="true" />}>
          <Trans>E-mail</Trans>
        </ButtonAnchor>
      )}
      {map !== undefined && (
        <ButtonAnchor href={map} {...outside} icon={<IconMapPin aria-hidden="true" />}>
          <Trans>Mapa</Trans>
        </ButtonAnchor>
      )}
      <ButtonLink
        to="/clientes/$id/editar"
        params={{ id: client.id }}
        state={(state) => ({ ...state, isOverCard: true })}
        icon={<IconPencil aria-hidden="true" />}
      >
        <Trans>Editar</Trans>
      </ButtonLink>
    </div>
  );
}
