import styles from './coverings.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { may } from '../../../shared/permissions.ts';
import { useMe } from '../../lib/me.ts';
import { useServerEvents } from '../../lib/server-events.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { CoveringDialog } from './covering-dialog.tsx';
import { CoveringRow } from './covering-row.tsx';
import { coveringsQuery, refreshCoverings } from '../../entities/covering/covering-queries.ts';
import { Emergencies } from './emergencies.tsx';

/** Who stands in for whom, and who opened a colleague's client in an emergency. */
export function CoveringsPage() {
  const { t } = useLingui();
  const me = useMe();
  useServerEvents({
    onChange: ({ recordType }) => {
      if (recordType === 'covering' || recordType === 'client') void refreshCoverings();
    },
    onGap: () => void refreshCoverings(),
  });
  if (!may(me, 'coverings.read'))
    return (
      <Page title={t`Coberturas`} width="text">
        <EmptyState title={t`Esta página não é sua`}>
          <Trans>Coberturas são de quem atende, da recepção e da administração.</Trans>
        </EmptyState>
      </Page>
    );
  return (
    <Page title={t`Coberturas`} width="text">
      <div className={styles['sections']}>
        <Coverings />
        {may(me, 'emergencies.read') && <Emergencies />}
      </div>
    </Page>
  );
}

function Coverings() {
  const { t } = useLingui();
  const me = useMe();
  const query = useQuery(coveringsQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <section className={styles['section']} aria-label={t`Quem cobre quem`}>
      <h2 className={styles['title']}>
        <Trans>Quem cobre quem</Trans>
      </h2>
      <p className={styles['note']}>
        <Trans>
          Nas férias ou numa ausência, outra pessoa vê e atende os clientes emprestados, por no máximo 30 dias. As duas
          partes veem a cobertura, e a auditoria guarda quem olhou em cobertura.
        </Trans>
      </p>
      {query.data === undefined ? (
        query.error === null ? (
          <SkeletonRows rows={3} />
        ) : (
          <FailureState error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : query.data.length === 0 ? (
        <p>
          <Trans>Nenhuma cobertura.</Trans>
        </p>
      ) : (
        <ul className={styles['list']}>
          {query.data.map((covering) => (
            <CoveringRow key={covering.id} covering={covering} />
          ))}
        </ul>
      )}
      {may(me, 'coverings.manage') && (
        <Button
          icon={<IconPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setAdding(true);
          }}
        >
          <Trans>Nova cobertura</Trans>
        </Button>
      )}
      {isAdding && (
        <CoveringDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}
