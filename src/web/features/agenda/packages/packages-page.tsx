import styles from './packages-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useState } from 'react';
import { useAgendaChanges } from '../../../entities/appointment/use-agenda-changes.ts';
import { PackageDialog } from '../../../entities/session-package/package-dialog.tsx';
import { packagesQuery } from '../../../entities/session-package/package-queries.ts';
import { PackageRow } from '../../../entities/session-package/package-row.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/page.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../../ui/states.tsx';
import type { ChosenClient } from '../booking/booking-form.ts';
import { ClientSearch } from '../booking/client-search.tsx';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { ShowMore } from '../../../ui/show-more.tsx';

/** Packages of sessions: who has how many left. */
export function PackagesPage() {
  const { t } = useLingui();
  const { mayWrite } = useAgendaFrame();
  const [closed, setClosed] = useState(false);
  const [isAdding, setAdding] = useState(false);
  useAgendaChanges();
  return (
    <Page
      title={t`Pacotes de sessões`}
      parent={{ to: '/agenda', label: t`Agenda` }}
      width="text"
      {...(mayWrite && {
        primary: (
          <Button
            variant="primary"
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Trans>Novo pacote</Trans>
          </Button>
        ),
      })}
    >
      <div className={styles['filter']}>
        <SelectField
          label={t`Mostrar`}
          value={String(closed)}
          onChange={(event) => {
            setClosed(event.target.value === 'true');
          }}
        >
          <option value="false">{t`Em andamento`}</option>
          <option value="true">{t`Encerrados`}</option>
        </SelectField>
      </div>
      <Packages closed={closed} mayWrite={mayWrite} />
      {isAdding && (
        <NewPackage
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function Packages({ closed, mayWrite }: { readonly closed: boolean; readonly mayWrite: boolean }) {
  const { t } = useLingui();
  const query = useInfiniteQuery(packagesQuery(closed));
  const packages = query.data?.pages.flatMap((page) => page.items);
  if (packages === undefined)
    return query.error === null ? (
      <SkeletonRows rows={5} />
    ) : (
      <FailureState error={query.error} onRetry={() => void query.refetch()} />
    );
  if (packages.length === 0)
    return closed ? (
      <EmptyState icon={<IconTicket />} title={t`Nenhum pacote encerrado`}>
        <Trans>Um pacote que terminou, ou que o cliente deixou, se encerra nas ações dele.</Trans>
      </EmptyState>
    ) : (
      <EmptyState icon={<IconTicket />} title={t`Nenhum pacote em andamento`}>
        <Trans>Combine aqui um número de sessões com um cliente. A agenda conta as que foram feitas.</Trans>
      </EmptyState>
    );
  return (
    <>
      <ul className={styles['packages']} role="list">
        {packages.map((each) => (
          <PackageRow key={each.id} known={each} withClient mayWrite={mayWrite} />
        ))}
      </ul>
      <ShowMore list={query} />
    </>
  );
}

function NewPackage({ onClose }: { readonly onClose: () => void }) {
  const [client, setClient] = useState<ChosenClient>();
  return (
    <PackageDialog
      clientId={client?.kind === 'known' ? client.id : undefined}
      client={(error) => <ClientSearch client={client} error={error} mayRegister={false} onChoose={setClient} />}
      onClose={onClose}
    />
  );
}
