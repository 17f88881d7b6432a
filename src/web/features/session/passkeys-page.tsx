import parts from './device-parts.module.css';
import styles from './passkeys-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { nameDevice } from './device.ts';
import { addPasskey, describePasskeyFailure, supportsPasskeys } from './passkey-calls.ts';
import { PasskeyRow } from './passkey-row.tsx';
import { passkeysQuery } from './passkeys-query.ts';
import { NameForm } from './name-form.tsx';

/** The person's passkeys: each has a name and can be removed. */
export function PasskeysPage() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useQuery(passkeysQuery);
  return (
    <Page title={t`Chaves de acesso`} parent={{ to: '/configuracoes', label: t`Configurações` }} width="text">
      <p className={parts['devices-intro']}>
        <Trans>
          Entre com a digital, o rosto ou o PIN do aparelho, sem esperar o e-mail. O código por e-mail continua valendo.
        </Trans>
      </p>
      {data !== undefined && data.length > 0 && (
        <ul className={parts['devices']}>
          {data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {data?.length === 0 && (
        <EmptyState icon={<IconFingerprint />} title={t`Nenhuma chave de acesso ainda`}>
          <Trans>A primeira leva meio minuto: dê um nome a ela e confirme no aparelho.</Trans>
        </EmptyState>
      )}
      {data !== undefined && <AddPasskey />}
      {isPending && <SkeletonRows rows={2} />}
      {error !== null && data === undefined && <FailureState error={error} onRetry={() => void refetch()} />}
    </Page>
  );
}

function AddPasskey() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [isNaming, setNaming] = useState(false);
  if (!supportsPasskeys())
    return (
      <p className={styles['passkeys-note']}>
        <Trans>Este navegador, ou este endereço, não permite criar chaves de acesso.</Trans>
      </p>
    );
  if (!isNaming)
    return (
      <div className={styles['passkeys-add']}>
        <Button
          variant="primary"
          icon={<IconPlus size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setNaming(true);
          }}
        >
          <Trans>Criar chave de acesso</Trans>
        </Button>
      </div>
    );
  return (
    <div className={styles['passkeys-add']}>
      <NameForm
        label={t`Nome da chave`}
        action={t`Continuar`}
        name=""
        suggestion={nameDevice()}
        describeFailure={describePasskeyFailure}
        onSave={async (name) => {
          await addPasskey(name);
          await client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
        }}
        onDone={() => {
          setNaming(false);
        }}
      />
    </div>
  );
}
