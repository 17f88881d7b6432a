import parts from './device-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDay, formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { classNames } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { passkeysQuery, removePasskey } from './passkeys-query.ts';
import type { Passkey } from '../../../shared/contracts/auth.ts';
import { Failure } from '../../ui/failure.tsx';

/** One passkey: its name, where it is stored, when it was last used. */
export function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { name, createdAt, lastUsedAt, backedUp } = passkey;
  return (
    <li className={parts['device']} aria-label={name}>
      <span className={parts['device-icon']} aria-hidden="true">
        <IconKey />
      </span>
      <div className={parts['device-words']}>
        <span className={parts['device-name']} translate="no">
          {name}
        </span>
        <span className={classNames(parts['device-line'], 'tabular')}>
          {lastUsedAt === null ? (
            <Trans>Criada: {formatDay(createdAt, timeZone)}, ainda não usada</Trans>
          ) : (
            <Trans>Último uso: {formatMoment(lastUsedAt, timeZone)}</Trans>
          )}
        </span>
        <span className={parts['device-line']}>
          {backedUp ? (
            <Trans>Guardada no gerenciador de senhas</Trans>
          ) : (
            <Trans>Só no aparelho em que foi criada</Trans>
          )}
        </span>
      </div>
      <div className={parts['device-actions']}>
        <Button
          aria-label={t`Remover ${name}`}
          onClick={() => {
            setAsking(true);
          }}
        >
          <Trans>Remover</Trans>
        </Button>
      </div>
      {isAsking && (
        <RemovePasskey
          passkey={passkey}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

function RemovePasskey({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removePasskey(passkey.id),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
  return (
    <Dialog
      label={t`Remover “${passkey.name}”?`}
      kind="alert"
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus="">
            <Trans>Cancelar</Trans>
          </Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => {
              remove.mutate();
            }}
          >
            <Trans>Remover</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          Ela deixa de abrir o Acolhe. No aparelho, ela continua na lista de senhas até que você a apague de lá.
        </Trans>
      </p>
      <Failure error={remove.error} />
    </Dialog>
  );
}
