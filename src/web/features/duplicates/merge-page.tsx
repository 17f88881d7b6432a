import parts from './pair-parts.module.css';
import styles from './merge-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFieldLabels } from '../../entities/client/field-labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { IconAlertCircle, IconArrowMerge, IconUserCheck } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { Client } from '../../../shared/contracts/clients.ts';
import type { MergeField } from '../../../shared/client-fields.ts';
import { useClientChanges } from '../../entities/client/use-client-changes.ts';
import { formatDay, fullName } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { clientQuery, type VersionedClient } from '../../entities/client/client-queries.ts';
import { refreshMerged } from '../../entities/merge/merges.ts';
import { useProfessionalNames } from '../../entities/professional/professional-queries.ts';
import { FieldChoice } from './field-choice.tsx';
import { MergePreview } from './merge-preview.tsx';
import { readValue } from './merge-values.ts';
import { dismissPair } from './dismiss-pair.ts';
import { useMerge } from './use-merge.ts';

/** Compares two clients side by side and merges them. */
export function MergePage() {
  const { t } = useLingui();
  const { winnerId = '', loserId = '' } = useParams({ strict: false });
  const [winner, loser] = [useQuery(clientQuery(winnerId)), useQuery(clientQuery(loserId))];
  useClientChanges(() => void refreshMerged());
  if (winner.data !== undefined && loser.data !== undefined) {
    if (winner.data.client.archivedAt === null && loser.data.client.archivedAt === null)
      return <Comparison key={winnerId + loserId} winner={winner.data} loser={loser.data} />;
    return (
      <Frame>
        <EmptyState
          tone="neutral"
          icon={<IconUserCheck />}
          title={t`Um dos cadastros está arquivado`}
          actions={
            <ButtonLink to="/clientes/duplicados">
              <Trans>Ver cadastros repetidos</Trans>
            </ButtonLink>
          }
        >
          <Trans>Talvez eles já tenham sido unidos.</Trans>
        </EmptyState>
      </Frame>
    );
  }
  const failed = [winner, loser].find(({ isError }) => isError);
  return (
    <Frame>
      {failed === undefined ? (
        <SkeletonRows rows={6} />
      ) : (
        <FailureState
          error={failed.error}
          onRetry={() => void refreshMerged()}
          title={t`Não foi possível abrir os cadastros`}
        />
      )}
    </Frame>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Page title={t`Unir cadastros`} parent={{ to: '/clientes/duplicados', label: t`Cadastros repetidos` }}>
      {children}
    </Page>
  );
}

interface ComparisonProps {
  readonly winner: VersionedClient;
  readonly loser: VersionedClient;
}

function Comparison({ winner, loser }: ComparisonProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const decision = useMerge(winner, loser);
  const findName = useProfessionalNames();
  const nameOf = (id: string): string => findName(id) ?? '…';
  const dismiss = async (): Promise<void> => {
    if (await dismissPair([winner.client.id, loser.client.id]))
      await navigate({ to: '/clientes/duplicados', replace: true });
  };
  return (
    <Page
      title={t`Unir cadastros`}
      parent={{ to: '/clientes/duplicados', label: t`Cadastros repetidos` }}
      primary={
        <Button
          variant="primary"
          busy={decision.isBusy}
          icon={<IconArrowMerge size="1.25rem" aria-hidden="true" />}
          onClick={() => void decision.submit()}
        >
          <Trans>Unir cadastros</Trans>
        </Button>
      }
    >
      {decision.failure !== undefined && (
        <p className={styles['merge-failure']} role="alert">
          <IconAlertCircle size="1.25rem" aria-hidden="true" />
          {decision.failure}
        </p>
      )}
      <p className={styles['merge-intro']}>
        <Trans>
          Escolha o que fica. O outro cadastro é arquivado, o histórico dos dois continua à vista, e por 30 dias dá para
          desfazer.
        </Trans>
      </p>
      <div className={styles['merge']}>
        <div className={styles['merge-choices']}>
          <Choices winner={winner} loser={loser} decision={decision} nameOf={nameOf} />
          <Equal client={winner.client} fields={decision.equal} nameOf={nameOf} />
          <Button variant="quiet" onClick={() => void dismiss()}>
            <Trans>Não são a mesma pessoa</Trans>
          </Button>
        </div>
        <MergePreview client={decision.result} fields={decision.seen} nameOf={nameOf} />
      </div>
    </Page>
  );
}

interface ChoicesProps extends ComparisonProps {
  readonly decision: ReturnType<typeof useMerge>;
  readonly nameOf: (id: string) => string;
}

/** The fields in which the two differ. */
function Choices({ winner, loser, decision, nameOf }: ChoicesProps) {
  return (
    <>
      <div className={styles['merge-heads']}>
        <Head
          seen={winner}
          onAll={() => {
            decision.chooseAll('winner');
          }}
        />
        <Head
          seen={loser}
          onAll={() => {
            decision.chooseAll('loser');
          }}
        />
      </div>
      {decision.differing.length === 0 && (
        <p className={styles['merge-intro']}>
          <Trans>Os dois dizem o mesmo: não há o que escolher.</Trans>
        </p>
      )}
      {decision.differing.map((field) => (
        <FieldChoice
          key={field}
          field={field}
          values={{ winner: readValue(field, winner.client, nameOf), loser: readValue(field, loser.client, nameOf) }}
          choice={decision.choiceOf(field)}
          onChoose={(choice) => {
            decision.choose(field, choice);
          }}
        />
      ))}
    </>
  );
}

interface EqualProps {
  readonly client: Client;
  readonly fields: readonly MergeField[];
  readonly nameOf: (id: string) => string;
}

function Equal({ client, fields, nameOf }: EqualProps) {
  const { labelOf } = useFieldLabels();
  const equalCount = fields.length;
  if (equalCount === 0) return null;
  return (
    <details className={styles['merge-equal']}>
      <summary>
        <Trans>Iguais nos dois: {equalCount}</Trans>
      </summary>
      <dl className={parts['merge-values']}>
        {fields.map((field) => (
          <div key={field}>
            <dt>{labelOf(field)}</dt>
            <dd translate="no">{readValue(field, client, nameOf)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Head({ seen: { client }, onAll }: { readonly seen: VersionedClient; readonly onAll: () => void }) {
  const id = useId();
  const name = fullName(client);
  const since = formatDay(client.createdAt, useClinicTimeZone());
  return (
    <div className={parts['merge-head']}>
      <Avatar name={name} />
      <div className={parts['pair-words']}>
        <h2 className={parts['pair-name']} id={id} translate="no">
          {name}
        </h2>
        <p className={parts['pair-since']}>
          <Trans>Cadastro de {since}</Trans>
        </p>
      </div>
      <Button onClick={onAll} aria-describedby={id}>
        <Trans>Usar tudo deste</Trans>
      </Button>
    </div>
  );
}
