import parts from './device-parts.module.css';
import styles from './passkey-offer.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { addPasskey, describePasskeyFailure } from './passkey-calls.ts';
import { answerPasskeyOffer, isPasskeyOffered } from './passkey-offer-state.ts';
import { passkeysQuery } from './passkeys-query.ts';

/**
 * Offers a passkey to people without one, over the page, which does not move; once per device: a reload counts as an answer. Not
 * on the page of passkeys, which has the same button.
 */
export function PasskeyOffer() {
  const [isOpen, setOpen] = useState(isPasskeyOffered);
  const isThere = useLocation({ select: ({ pathname }) => pathname === '/configuracoes/chaves-de-acesso' });
  const { data } = useQuery({ ...passkeysQuery, enabled: isOpen });
  const isShown = isOpen && !isThere && data?.length === 0;
  useEffect(() => {
    if (isShown) answerPasskeyOffer();
  }, [isShown]);
  const close = (): void => {
    setOpen(false);
  };
  return isShown && <Offer onClose={close} />;
}

function Offer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => addPasskey(),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      toast({ message: t`Chave criada. Da próxima vez, escolha “Entrar com chave de acesso”.` });
      onClose();
    },
  });
  return (
    <aside className="passkey-offer" aria-label={t`Chave de acesso`}>
      <IconFingerprint size="1.25rem" aria-hidden="true" />
      <div className={styles['passkey-offer-words']}>
        <p>
          <Trans>Entre sem esperar o e-mail: com a digital, o rosto ou o PIN deste aparelho.</Trans>
        </p>
        {add.isError && (
          <p className={parts['device-error']} role="alert">
            {describePasskeyFailure(add.error)}
          </p>
        )}
      </div>
      <div className={styles['passkey-offer-actions']}>
        <Button
          variant="quiet"
          busy={add.isPending}
          onClick={() => {
            add.mutate();
          }}
        >
          <Trans>Criar chave de acesso</Trans>
        </Button>
        <IconButton label={t`Agora não`} icon={<IconX size="1.125rem" aria-hidden="true" />} onClick={onClose} />
      </div>
    </aside>
  );
}
