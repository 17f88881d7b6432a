import styles from './card-appointments.module.css';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { may } from '../../../../shared/permissions.ts';
import { PackageDialog } from '../../../entities/session-package/package-dialog.tsx';
import { clientPackagesQuery } from '../../../entities/session-package/package-queries.ts';
import { PackageRow } from '../../../entities/session-package/package-row.tsx';
import { useMe } from '../../../lib/me.ts';
import { Button } from '../../../ui/button.tsx';

/** A client's packages of sessions, and a way to agree on another one. */
export function CardPackages({ clientId, isArchived }: { readonly clientId: string; readonly isArchived: boolean }) {
  const mayWrite = may(useMe().role, 'agenda.write') && !isArchived;
  const { data = [] } = useQuery(clientPackagesQuery(clientId));
  const [isAdding, setAdding] = useState(false);
  if (data.length === 0 && !mayWrite) return null;
  return (
    <section className={styles['appointments']}>
      <h3 className={styles['title']}>
        <Trans>Pacotes de sessões</Trans>
      </h3>
      <ul>
        {data.map((each) => (
          <PackageRow key={each.id} known={each} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite && (
        <Button
          variant="quiet"
          className={styles['add']}
          icon={<IconPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setAdding(true);
          }}
        >
          <Trans>Novo pacote</Trans>
        </Button>
      )}
      {isAdding && (
        <PackageDialog
          clientId={clientId}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}
