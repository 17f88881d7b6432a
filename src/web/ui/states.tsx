import './states.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { ApiError, isOffline } from '../lib/api.ts';
import { failureText } from '../lib/failure-text.ts';
import { Button } from './button.tsx';
import type { ReactNode } from 'react';

interface StateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly tone?: 'accent' | 'neutral' | 'danger';
  /** Level of the heading; 1 if the page has no other. */
  readonly level?: 1 | 2 | 3;
}

/** Shown in place of content that is not there: says why, and what to do first. */
export function EmptyState({ icon, title, children, actions, tone = 'accent', level = 2 }: StateProps) {
  const Title = `h${level}` as const;
  return (
    <div className="state" data-tone={tone}>
      {icon !== undefined && (
        <span className="state-sign" aria-hidden="true">
          {icon}
        </span>
      )}
      <Title className="state-title">{title}</Title>
      {children !== undefined && <div className="state-text">{children}</div>}
      {actions !== undefined && <div className="state-actions">{actions}</div>}
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What failed, for example “Não foi possível abrir a lista”. */
  readonly title?: string | undefined;
  /** Level of the heading; 1 if the page has no other. */
  readonly level?: 1 | 2;
}

/** Shown when loading failed: what happened, and a button to try again. A missing connection has words of its own. */
export function FailureState({ error, onRetry, title, level = 2 }: FailureProps) {
  return isOffline(error) ? (
    <OfflineState onRetry={onRetry} level={level} />
  ) : (
    <ErrorState error={error} onRetry={onRetry} title={title} level={level} />
  );
}

function ErrorState({ error, onRetry, title, level = 2 }: FailureProps) {
  const { t } = useLingui();
  const problem = error instanceof ApiError ? error.problem : undefined;
  return (
    <div role="alert">
      <EmptyState
        level={level}
        tone="danger"
        icon={<IconAlertTriangle />}
        title={title ?? t`Não foi possível abrir esta página`}
        actions={
          <Button variant="secondary" onClick={onRetry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        }
      >
        <p>{failureText(error)}</p>
        {problem?.requestId !== undefined && (
          <p className="state-small">
            <Trans>Número do pedido: {problem.requestId}</Trans>
          </p>
        )}
      </EmptyState>
    </div>
  );
}

/** Tries again by itself when the connection is back. */
function OfflineState({ onRetry, level = 2 }: Pick<FailureProps, 'onRetry' | 'level'>) {
  const { t } = useLingui();
  useEffect(() => {
    addEventListener('online', onRetry);
    return () => {
      removeEventListener('online', onRetry);
    };
  }, [onRetry]);
  return (
    <div role="alert">
      <EmptyState
        level={level}
        tone="neutral"
        icon={<IconCloudOff />}
        title={t`Sem conexão`}
        actions={
          <Button variant="secondary" onClick={onRetry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        }
      >
        <Trans>
          Não conseguimos falar com o servidor. Confira a internet: a página volta sozinha quando a conexão voltar.
        </Trans>
      </EmptyState>
    </div>
  );
}
