import styles from './client-privacy.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { CopyLink } from '../../../shared/contracts/copies.ts';
import { api } from '../../lib/api.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { TextField } from '../../ui/field.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { isCopyReady } from './copy-state.ts';

interface CopyDialogProps {
  readonly clientId: string;
  readonly name: string;
  /** The request that the copy answers. */
  readonly dataRequestId?: string;
  readonly onClose: () => void;
}

/** Makes the copy of a person's data and shows its link, which nobody can see again. */
export function CopyDialog({ clientId, name, dataRequestId, onClose }: CopyDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [link, setLink] = useState<CopyLink>();
  const make = async (): Promise<void> => {
    await save(async () => {
      const body = dataRequestId === undefined ? {} : { dataRequestId };
      setLink((await api('POST /clients/{id}/copies', { params: { id: clientId }, body })).body);
    });
  };
  return (
    <Dialog
      label={t`Cópia dos dados de ${name}`}
      onClose={onClose}
      footer={
        link === undefined ? (
          <>
            <Button onClick={onClose}>
              <Trans>Voltar</Trans>
            </Button>
            <Button variant="primary" data-autofocus="" busy={isBusy} onClick={() => void make()}>
              <Trans>Criar link</Trans>
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            <Trans>Pronto</Trans>
          </Button>
        )
      }
    >
      {link === undefined ? (
        <div className={styles['words']}>
          <p>
            <Trans>
              Um arquivo com tudo o que a clínica guarda sobre a pessoa: um PDF para ler, os mesmos dados em JSON, os
              arquivos e uma lista de conferência. O que a lei separa, como dados de outras pessoas, fica fora e é
              contado.
            </Trans>
          </p>
          <p>
            <Trans>O link vale três dias e funciona uma vez. Entregue só a quem você identificou.</Trans>
          </p>
          <Failure error={errors['']} />
        </div>
      ) : (
        <MadeLink link={link} />
      )}
    </Dialog>
  );
}

function MadeLink({ link: { url, expiresAt } }: { readonly link: CopyLink }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const until = formatMoment(expiresAt, timeZone);
  const address = new URL(url, location.origin).href;
  const { data: isReady = false } = useQuery({
    queryKey: ['copy', url],
    queryFn: () => isCopyReady(address),
    refetchInterval: ({ state }) => (state.data === true ? false : 2000),
    staleTime: 0,
  });
  return (
    <div className={styles['words']}>
      <TextField
        label={t`Link da cópia`}
        readOnly
        value={address}
        hint={t`Vale até ${until} e não aparece de novo: copie agora.`}
        onFocus={(event) => {
          event.target.select();
        }}
      />
      <Button
        icon={<IconCopy size="1.25rem" aria-hidden="true" />}
        onClick={() => void copyText(address, t`Link copiado.`)}
      >
        <Trans>Copiar link</Trans>
      </Button>
      <p role="status">
        {isReady ? <Trans>A cópia está pronta.</Trans> : <Trans>A cópia está sendo preparada…</Trans>}
      </p>
    </div>
  );
}
