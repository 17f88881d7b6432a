import styles from './state-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconUsersGroup } from '@tabler/icons-react';
import { UnreachableError } from '../../lib/unreachable.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { Sample, Section } from './section.tsx';

const broken = new Error('a sample');
const unreachable = new UnreachableError(undefined);
const stay = (): void => undefined;
/** A list of which the next page could not be loaded. */
const further = {
  hasNextPage: true,
  isFetchingNextPage: false,
  isFetchNextPageError: true,
  error: broken,
  fetchNextPage: () => new Promise<never>(stay),
};

/** What a page shows instead of its content. */
export function StateSection() {
  const { t } = useLingui();
  return (
    <Section
      id="estados"
      title={t`Quando não há o que mostrar`}
      note={
        <Trans>
          Cada página diz o que é aquele lugar e qual é o primeiro passo, o que está vindo, ou o que aconteceu e o que
          fazer.
        </Trans>
      }
    >
      <div className={styles['state-samples']}>
        <Sample label={t`Vazio`}>
          <EmptyState
            level={3}
            icon={<IconUsersGroup />}
            title={t`Por enquanto, só você`}
            actions={
              <Button variant="primary">
                <Trans>Convidar alguém</Trans>
              </Button>
            }
          >
            <Trans>Convide quem atende e quem recebe os clientes.</Trans>
          </EmptyState>
        </Sample>
        <Sample label={t`Carregando`}>
          <SkeletonRows rows={4} />
        </Sample>
        <Sample label={t`Erro`}>
          <FailureState error={broken} onRetry={stay} />
        </Sample>
        <Sample label={t`Sem conexão`}>
          <FailureState error={unreachable} onRetry={stay} />
        </Sample>
        <Sample label={t`Falhou ao pé de um botão`}>
          <Failure error={broken} />
        </Sample>
        <Sample label={t`Lista em páginas`}>
          <ShowMore list={further} />
        </Sample>
      </div>
    </Section>
  );
}
