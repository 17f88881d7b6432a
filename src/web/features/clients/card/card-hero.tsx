import parts from './card-parts.module.css';
import styles from './card-hero.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconBrandWhatsapp,
  IconCalendarPlus,
  IconMail,
  IconMapPin,
  IconPencil,
  IconPhone,
  IconPlus,
} from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { fullName } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, ButtonAnchor, ButtonLink, IconButton } from '../../../ui/button.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { describeAge, describePlace } from '../../../entities/client/client-line.ts';
import { callLink, findMapLink, mailLink, whatsappLink } from '../../../entities/client/client-links.ts';
import type { FormField } from '../form/form-fields.ts';
import { CardTags } from './card-tags.tsx';
import { QuickEdit } from './lazy-quick-edit.ts';

type Editing = 'name' | 'tags';

/** The head of the card: name, tags and quick actions. */
export function CardHero({ versioned }: { readonly versioned: VersionedClient }) {
  const { client } = versioned;
  const [editing, setEditing] = useState({ name: false, tags: false });
  const edit = (part: Editing, isEdited: boolean) => (): void => {
    setEditing((before) => ({ ...before, [part]: isEdited }));
  };
  const name = fullName(client);
  return (
    <div className={styles['card-hero']}>
      <Avatar name={name} size="4rem" />
      <Who client={client} onEdit={edit('name', true)} />
      {editing.name && (
        <Edit fields={['firstName', 'lastName', 'socialName']} versioned={versioned} onDone={edit('name', false)} />
      )}
      {editing.tags ? (
        <Edit fields={['tags']} versioned={versioned} onDone={edit('tags', false)} />
      ) : (
        <Tags client={client} onEdit={edit('tags', true)} />
      )}
      <QuickActions client={client} />
    </div>
  );
}

interface EditProps {
  readonly fields: readonly FormField[];
  readonly versioned: VersionedClient;
  readonly onDone: () => void;
}

const Edit = (props: EditProps) => (
  <div className={styles['card-hero-edit']}>
    <Suspense>
      <QuickEdit {...props} />
    </Suspense>
  </div>
);

interface PartProps {
  readonly client: Client;
  readonly onEdit: () => void;
}

function Who({ client, onEdit }: PartProps) {
  const { t } = useLingui();
  const { dateOfBirth, socialName } = client;
  const facts = [dateOfBirth === null ? '' : describeAge(dateOfBirth), describePlace(client.address)];
  const line = facts.filter((fact) => fact !== '').join(' · ');
  return (
    <div>
      <div className={styles['card-name-row']}>
        <h2 className={styles['card-name']} translate="no">
          {fullName(client)}
        </h2>
        {client.archivedAt === null && (
          <IconButton
            label={t`Alterar nome`}
            data-field="firstName"
            icon={<IconPencil size="1.125rem" aria-hidden="true" />}
            onClick={onEdit}
          />
        )}
      </div>
      {socialName !== null && (
        <p className={styles['card-social']}>
          <Trans>
            Nome social: <Verbatim>{socialName}</Verbatim>
          </Trans>
        </p>
      )}
      {line !== '' && <p className={styles['card-line']}>{line}</p>}
    </div>
  );
}

function Tags({ client: { tags, archivedAt }, onEdit }: PartProps) {
  const { t } = useLingui();
  const isArchived = archivedAt !== null;
  if (tags.length === 0 && isArchived) return null;
  return (
    <div className={styles['card-tags']}>
      {tags.length > 0 && <CardTags tags={tags} />}
      {isArchived ? null : tags.length > 0 ? (
        <IconButton
          label={t`Alterar etiquetas`}
          data-field="tags"
          icon={<IconPencil size="1.125rem" aria-hidden="true" />}
          onClick={onEdit}
        />
      ) : (
        <button
          type="button"
          className={parts['card-add']}
          data-field="tags"
          aria-label={t`Incluir etiquetas`}
          onClick={onEdit}
        >
          <IconPlus size="1rem" aria-hidden="true" />
          <Trans>Etiquetas</Trans>
        </button>
      )}
    </div>
  );
}

function QuickActions({ client }: { readonly client: Client }) {
  const { t } = useLingui();
  const { role } = useMe();
  const { phone, email } = client;
  const map = findMapLink(client.address);
  const outside = { target: '_blank', rel: 'noreferrer' };
  return (
    <div className={styles['card-actions']} role="group" aria-label={t`Ações rápidas`}>
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
      {may(role, 'agenda.write') && client.archivedAt === null && (
        <Button
          icon={<IconCalendarPlus aria-hidden="true" />}
          onClick={() => {
            openBooking({ client: { id: client.id, name: fullName(client), professionalId: client.professionalId } });
          }}
        >
          <Trans>Agendar</Trans>
        </Button>
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
