import styles from './duplicates-page.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconUserCheck } from '@tabler/icons-react';
import type { DuplicatePair } from '../../../shared/contracts/duplicates.ts';
import { useClientChanges } from '../../entities/client/use-client-changes.ts';
import { refreshMerged } from '../../entities/merge/merges.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { pairsQuery } from './duplicates-api.ts';
import { PairCard } from './pair-card.tsx';
import { dismissPair } from './dismiss-pair.ts';
import { ShowMore } from '../../ui/show-more.tsx';

/** Pairs of clients who may be one person, the most certain first. */
export function DuplicatesPage() {
  const { t } = useLingui();
  const list = useInfiniteQuery(pairsQuery);
  useClientChanges(() => void refreshMerged());
  const pairs = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t`Cadastros repetidos`} parent={{ to: '/clientes', label: t`Clientes` }} width="text">
      {pairs === undefined && list.isError && (
        <FailureState
          error={list.error}
          onRetry={() => void list.refetch()}
          title={t`Não foi possível procurar cadastros repetidos`}
        />
      )}
      {pairs === undefined && !list.isError && <SkeletonRows rows={5} />}
      {pairs?.length === 0 && <NoPairs />}
      {pairs !== undefined && pairs.length > 0 && (
        <>
          <Pairs pairs={pairs} total={list.data?.pages[0]?.total.value ?? pairs.length} />
          <ShowMore list={list} wide />
        </>
      )}
    </Page>
  );
}

function Pairs({ pairs, total }: { readonly pairs: readonly DuplicatePair[]; readonly total: number }) {
  const { t } = useLingui();
  return (
    <>
      <p className={styles['pairs-count']} role="status">
        <Plural value={total} one="# par que parece a mesma pessoa" other="# pares que parecem a mesma pessoa" />
      </p>
      <ul className={styles['pairs']} aria-label={t`Cadastros repetidos`}>
        {pairs.map((pair) => (
          <PairCard
            key={pair.clients.map(({ id }) => id).join()}
            pair={pair}
            onDismiss={() => void dismissPair([pair.clients[0].id, pair.clients[1].id])}
          />
        ))}
      </ul>
    </>
  );
}

function NoPairs() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconUserCheck />}
      title={t`Nenhum cadastro repetido`}
      actions={
        <ButtonLink to="/clientes">
          <Trans>Ir para os clientes</Trans>
        </ButtonLink>
      }
    >
      <Trans>
        Quando dois cadastros tiverem o mesmo telefone, e-mail ou nome e nascimento, eles aparecem aqui para você unir.
      </Trans>
    </EmptyState>
  );
}
