import styles from './package-row.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconCircleCheck, IconDotsVertical, IconPencil, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import type { SessionPackage } from '../../../shared/contracts/agenda/session-packages.ts';
import { formatDay } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { refreshAgenda } from '../appointment/appointment-queries.ts';
import { PackageDialog } from './package-dialog.tsx';
import { changePackage } from './package-queries.ts';

interface PackageRowProps {
  readonly known: SessionPackage;
  /** Whether the client is named: in a list of the clinic. */
  readonly withClient?: boolean;
  readonly mayWrite: boolean;
}

/** A package: “6 de 10”, what is booked, and how to correct or end it. */
export function PackageRow({ known, withClient = false, mayWrite }: PackageRowProps) {
  const { clientId, clientName, name, total, used, booked, closed, createdAt } = known;
  const since = formatDay(createdAt, useClinicTimeZone());
  return (
    <li className={styles['package']} aria-label={withClient ? clientName : undefined}>
      <span className={styles['words']}>
        {withClient && (
          <Link to="/clientes/$id" params={{ id: clientId }} className={styles['client']} translate="no">
            {clientName}
          </Link>
        )}
        <span className={styles['count']}>
          <Trans>
            {used} de {total}
          </Trans>
          {name !== null && <span className={styles['name']}>{name}</span>}
          {closed && (
            <Badge size="small">
              <Trans>Encerrado</Trans>
            </Badge>
          )}
        </span>
        {/* The words say the same. */}
        <span className={styles['bar']} aria-hidden="true">
          <span style={{ inlineSize: `${String(Math.min(100, (used / total) * 100))}%` }} />
          <span style={{ inlineSize: `${String(Math.min(100, (booked / total) * 100))}%` }} data-booked="" />
        </span>
        <span className={styles['note']}>
          {booked > 0 && (
            <>
              <Plural value={booked} one="# sessão marcada" other="# sessões marcadas" />
              {' · '}
            </>
          )}
          <Trans>desde {since}</Trans>
        </span>
      </span>
      {mayWrite && <PackageActions known={known} />}
    </li>
  );
}

function PackageActions({ known }: { readonly known: SessionPackage }) {
  const { t } = useLingui();
  const [isEditing, setEditing] = useState(false);
  const setClosed = async (from: SessionPackage, closed: boolean): Promise<void> => {
    try {
      const after = await changePackage(from, { closed });
      if (!closed) return;
      toast({
        message: t`Pacote encerrado. O que já está marcado continua.`,
        action: { label: t`Desfazer`, onPress: () => void setClosed(after, false) },
      });
    } catch (error) {
      toastFailure(error);
    } finally {
      void refreshAgenda();
    }
  };
  return (
    <>
      <Menu
        label={t`Ações do pacote`}
        items={[
          {
            label: t`Corrigir`,
            icon: <IconPencil aria-hidden="true" />,
            onSelect: () => {
              setEditing(true);
            },
          },
          known.closed
            ? {
                label: t`Reabrir`,
                icon: <IconRotate aria-hidden="true" />,
                onSelect: () => void setClosed(known, false),
              }
            : {
                label: t`Encerrar`,
                icon: <IconCircleCheck aria-hidden="true" />,
                onSelect: () => void setClosed(known, true),
              },
        ]}
        trigger={(links) => (
          <IconButton label={t`Ações do pacote`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
        )}
      />
      {isEditing && (
        <PackageDialog
          known={known}
          clientId={known.clientId}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </>
  );
}
