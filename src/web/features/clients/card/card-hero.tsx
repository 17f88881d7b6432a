import parts from './card-parts.module.css';
import styles from './card-hero.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarPlus, IconMail, IconPencil, IconPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { civilName, fullName } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { Button, ButtonAnchor, ButtonLink, IconButton } from '../../../ui/button.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { mailLink } from '../../../entities/client/client-links.ts';
import type { FormField } from '../form/form-fields.ts';
import { CardTags } from './card-tags.tsx';
import { QuickEdit } from './lazy-quick-edit.ts';

interface CardHeroProps {
  readonly versioned: VersionedClient;
  readonly isNaming: boolean;
  readonly onNamed: () => void;
}

/** What follows the head of the card: tags and quick actions. */
export function CardHero({ versioned, isNaming, onNamed }: CardHeroProps) {
  const { client } = versioned;
  const [isTagging, setTagging] = useState(false);
  return (
    <div className={styles['card-hero']}>
      {isNaming && <Edit fields={['firstName', 'lastName', 'socialName']} versioned={versioned} onDone={onNamed} />}
      {fullName(client) !== civilName(client) && (
        <p className={styles['card-civil']}>
          <Trans>
            Nome civil: <Verbatim>{civilName(client)}</Verbatim>
          </Trans>
        </p>
      )}
      {isTagging ? (
        <Edit
          fields={['tags']}
          versioned={versioned}
          onDone={() => {
            setTagging(false);
          }}
        />
      ) : (
        <Tags
          client={client}
          onEdit={() => {
            setTagging(true);
          }}
        />
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
  <Suspense>
    <QuickEdit {...props} />
  </Suspense>
);

interface PartProps {
  readonly client: Client;
  readonly onEdit: () => void;
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
          data-pencil=""
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
  const { email } = client;
  if (client.anonymous) return null;
  return (
    <div className={styles['card-actions']} role="group" aria-label={t`Ações rápidas`}>
      {may(role, 'agenda.write') && client.archivedAt === null && (
        <Button
          icon={<IconCalendarPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            openBooking({ client: { id: client.id, name: fullName(client), professionalId: client.professionalId } });
          }}
        >
          <Trans>Agendar</Trans>
        </Button>
      )}
      {email !== null && (
        <ButtonAnchor href={mailLink(email)} icon={<IconMail size="1.25rem" aria-hidden="true" />}>
          <Trans>E-mail</Trans>
        </ButtonAnchor>
      )}
      <ButtonLink
        to="/clientes/$id/editar"
        params={{ id: client.id }}
        state={{ isOverCard: true }}
        icon={<IconPencil size="1.25rem" aria-hidden="true" />}
      >
        <Trans>Editar</Trans>
      </ButtonLink>
    </div>
  );
}
