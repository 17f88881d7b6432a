import styles from './list-notice.module.css';
import { Trans } from '@lingui/react/macro';
import { IconCloudOff } from '@tabler/icons-react';
import { ApiError, isOffline } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { Button } from '../../../ui/button.tsx';

/** Shown above a list that could not be updated. */
export function ListNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <div className={styles['client-notice']} role="alert">
      <IconCloudOff size="1.25rem" aria-hidden="true" />
      <p>
        {isOffline(error) ? (
          <Trans>Sem conexão. Você está vendo o que já tinha sido carregado.</Trans>
        ) : error instanceof ApiError ? (
          failureText(error)
        ) : (
          <Trans>A lista não pôde ser atualizada.</Trans>
        )}
      </p>
      <Button onClick={onRetry}>
        <Trans>Tentar de novo</Trans>
      </Button>
    </div>
  );
}
