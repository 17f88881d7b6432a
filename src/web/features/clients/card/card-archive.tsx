import styles from './card-archive.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  IconAddressBook,
  IconArchive,
  IconDotsVertical,
  IconEye,
  IconEyeOff,
  IconFileDownload,
  IconFileZip,
  IconMessage,
  IconPrinter,
  IconShieldLock,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { useClinicTimeZone, useMe } from '../../../lib/me.ts';
import { download } from '../../../lib/download.ts';
import { formatDay, fullName } from '../../../lib/format.ts';
import { Button, ButtonLink, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { AnonymizeDialog } from '../../../entities/client-privacy/anonymize-dialog.tsx';
import { CopyDialog } from '../../../entities/client-privacy/copy-dialog.tsx';
import { rememberClient } from '../client-cache.ts';
import { archiveClient, restoreClient } from '../client-changes.ts';

const MessageDialog = lazy(async () => ({ default: (await import('../message/message-dialog.tsx')).MessageDialog }));

interface CardMenuProps {
  readonly versioned: VersionedClient;
  readonly onArchived: () => void;
}

/** Actions that are rarely needed. Archiving does not ask first, because it can be undone. */
export function CardMenu({ versioned, onArchived }: CardMenuProps) {
  const { t } = useLingui();
  const { client } = versioned;
  const me = useMe();
  const [open, setOpen] = useState<'copy' | 'anonymize'>();
  const [isWriting, setWriting] = useState(false);
  const name = fullName(client);
  const navigate = useNavigate();
  const undo = (): void => {
    restoreClient(client.id).catch(toastFailure);
  };
  const archive = async (): Promise<void> => {
    onArchived();
    try {
      await archiveClient(versioned);
      toast({ message: t`Cadastro de ${name} arquivado.`, action: { label: t`Desfazer`, onPress: undo } });
    } catch (error) {
      toastFailure(error);
    }
  };
  const save = async (path: 'vcard' | 'data-export'): Promise<void> => {
    try {
      await download(`/clients/${client.id}/${path}`);
    } catch (error) {
      toastFailure(error);
    }
  };
  const close = (): void => {
    setOpen(undefined);
  };
  const isActive = client.archivedAt === null;
  const isKnown = !client.anonymous;
  const hasNumber = client.phone !== null || client.guardian.phone !== null;
  const items = [
    isActive &&
      hasNumber && {
        label: t`Mensagem pronta`,
        icon: <IconMessage aria-hidden="true" />,
        onSelect: () => {
          setWriting(true);
        },
      },
    isActive && {
      label: t`Salvar nos contatos`,
      icon: <IconAddressBook aria-hidden="true" />,
      onSelect: () => void save('vcard'),
    },
    {
      label: t`Imprimir`,
      icon: <IconPrinter aria-hidden="true" />,
      onSelect: () => {
        print();
      },
    },
    may(me, 'clients.viewers') && {
      label: t`Quem viu`,
      icon: <IconEye aria-hidden="true" />,
      onSelect: () => void navigate({ to: '/clientes/$id/quem-viu', params: { id: client.id } }),
    },
    isKnown &&
      may(me, 'clients.hand-over') && {
        label: t`Cópia dos dados da pessoa…`,
        icon: <IconFileZip aria-hidden="true" />,
        onSelect: () => {
          setOpen('copy');
        },
      },
    may(me, 'clients.hand-over') && {
      label: t`Baixar os dados em JSON`,
      icon: <IconFileDownload aria-hidden="true" />,
      onSelect: () => void save('data-export'),
    },
    isKnown &&
      may(me, 'data-requests.manage') && {
        label: t`Registrar pedido da LGPD…`,
        icon: <IconShieldLock aria-hidden="true" />,
        onSelect: () => void navigate({ to: '/lgpd', search: { cliente: client.id } }),
      },
    isActive && { label: t`Arquivar`, icon: <IconArchive aria-hidden="true" />, onSelect: () => void archive() },
    isKnown &&
      may(me, 'clients.anonymize') && {
        label: t`Tornar anônimo…`,
        icon: <IconEyeOff aria-hidden="true" />,
        danger: true,
        onSelect: () => {
          setOpen('anonymize');
        },
      },
  ].filter((item) => item !== false);
  return (
    <div className={styles['card-menu']}>
      <Menu
        label={t`Mais ações`}
        items={items}
        trigger={(links) => (
          <IconButton label={t`Mais ações`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
        )}
      />
      {isWriting && (
        <Suspense fallback={null}>
          <MessageDialog
            clients={[{ ...client, guardianPhone: client.guardian.phone }]}
            onClose={() => {
              setWriting(false);
            }}
          />
        </Suspense>
      )}
      {open === 'copy' && <CopyDialog clientId={client.id} name={name} onClose={close} />}
      {open === 'anonymize' && (
        <AnonymizeDialog
          clientId={client.id}
          name={name}
          onDone={(after, etag) => void rememberClient({ client: after, etag })}
          onClose={close}
        />
      )}
    </div>
  );
}

/** Says that the client is anonymous; or that they are archived, with a button to restore them. */
export function ArchivedNotice({ client }: { readonly client: Client }) {
  if (client.anonymous) return <AnonymousNotice client={client} />;
  return client.archivedAt === null ? null : <RestoreNotice client={client} archivedAt={client.archivedAt} />;
}

function AnonymousNotice({ client }: { readonly client: Client }) {
  return (
    <div className={styles['card-archived']} data-anonymous="" role="note">
      <IconEyeOff size="1.25rem" aria-hidden="true" />
      <p>
        <Trans>Este cadastro está anônimo: não diz mais de quem é, e não pode ser mudado nem restaurado.</Trans>
      </p>
      <MergedInto client={client} />
    </div>
  );
}

function RestoreNotice({ client, archivedAt }: { readonly client: Client; readonly archivedAt: string }) {
  const [isBusy, setBusy] = useState(false);
  const day = formatDay(archivedAt, useClinicTimeZone());
  const restore = async (): Promise<void> => {
    setBusy(true);
    try {
      await restoreClient(client.id);
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles['card-archived']}>
      <IconArchive size="1.25rem" aria-hidden="true" />
      <p>{client.mergedInto === null ? <Trans>Arquivado em {day}</Trans> : <Trans>Unido a outro em {day}</Trans>}</p>
      <MergedInto client={client} />
      <Button busy={isBusy} onClick={() => void restore()}>
        <Trans>Restaurar</Trans>
      </Button>
    </div>
  );
}

function MergedInto({ client: { mergedInto } }: { readonly client: Client }) {
  if (mergedInto === null) return null;
  return (
    <ButtonLink to="/clientes/$id" params={{ id: mergedInto }} search={true} replace>
      <Trans>Abrir o que ficou</Trans>
    </ButtonLink>
  );
}
