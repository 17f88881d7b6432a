import parts from './card-parts.module.css';
import data from './card-data.module.css';
import styles from './relatives.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import type { Relative } from '../../../../shared/contracts/relatives.ts';
import { useClientChanges } from '../../../entities/client/use-client-changes.ts';
import { api } from '../../../lib/api.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { relativeWords } from './relative-words.ts';
import { refreshRelatives, relativesQuery } from './relatives-query.ts';

const RelativeDialog = lazy(async () => ({ default: (await import('./relative-dialog.tsx')).RelativeDialog }));

/** The family of a client: other clients, each a way to their card. */
export function Relatives({ client }: { readonly client: Client }) {
  const { t } = useLingui();
  const { data: relatives = [] } = useQuery(relativesQuery(client.id));
  const [isAdding, setAdding] = useState(false);
  useClientChanges(() => void refreshRelatives());
  const isArchived = client.archivedAt !== null;
  if (relatives.length === 0 && isArchived) return null;
  return (
    <section className={data['card-section']} aria-label={t`Família`}>
      {relatives.length > 0 && (
        <h3 className={data['card-section-title']}>
          <Trans>Família</Trans>
        </h3>
      )}
      <ul>
        {relatives.map((relative) => (
          <RelativeRow key={relative.id} relative={relative} clientId={client.id} />
        ))}
      </ul>
      {!isArchived && (
        <p className={data['card-missing']} data-screen-only="">
          <button
            type="button"
            className={parts['card-add']}
            aria-label={t`Incluir familiar`}
            onClick={() => {
              setAdding(true);
            }}
          >
            <IconPlus size="1rem" aria-hidden="true" />
            <Trans>Familiar</Trans>
          </button>
        </p>
      )}
      {isAdding && (
        <Suspense>
          <RelativeDialog
            client={client}
            isFirst={relatives.length === 0}
            onClose={() => {
              setAdding(false);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

interface RelativeRowProps {
  readonly relative: Relative;
  readonly clientId: string;
}

function RelativeRow({ relative, clientId }: RelativeRowProps) {
  const { t, i18n } = useLingui();
  const { id, kind, client } = relative;
  const { name } = client;
  const link = async (): Promise<void> => {
    await api('POST /clients/{id}/relatives', { params: { id: clientId }, body: { clientId: client.id, kind } });
    await refreshRelatives();
  };
  const unlink = async (): Promise<void> => {
    try {
      await api('DELETE /clients/{id}/relatives/{linkId}', { params: { id: clientId, linkId: id } });
      toast({
        message: t`${name}: ligação desfeita.`,
        action: { label: t`Desfazer`, onPress: () => void link().catch(toastFailure) },
      });
    } catch (error) {
      toastFailure(error);
    }
    await refreshRelatives();
  };
  return (
    <li className={styles['relative']}>
      <Avatar name={name} size="2.25rem" />
      <span className={styles['words']}>
        <Link to="/clientes/$id" params={{ id: client.id }} search={true} className={styles['name']} translate="no">
          {name}
        </Link>
        <span className={styles['kind']}>
          {i18n._(relativeWords[kind])}
          {client.archivedAt !== null && (
            <>
              {' · '}
              <Trans>Arquivado</Trans>
            </>
          )}
        </span>
      </span>
      <IconButton
        label={t`Desfazer a ligação com ${name}`}
        icon={<IconX size="1.125rem" aria-hidden="true" />}
        onClick={() => void unlink()}
      />
    </li>
  );
}
