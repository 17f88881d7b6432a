import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconBrandWhatsapp,
  IconCloudOff,
  IconEyeOff,
  IconPhone,
  IconUrgent,
  IconUserQuestion,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { callLink, whatsappLink } from '../../entities/client/client-links.ts';
import { may } from '../../../shared/permissions.ts';
import { ApiError, isOffline } from '../../lib/api.ts';
import { useMe } from '../../lib/me.ts';
import { Button, ButtonAnchor, ButtonLink } from '../../ui/button.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';

interface NoClientProps {
  readonly error: unknown;
  /** What a list shows of the client, if it does. */
  readonly known?: Pick<ClientSummary, 'phone'> | undefined;
  readonly onRetry: () => void;
}

/** Shown for a client who does not exist, is not this person's, or could not be read. */
export function NoClient({ error, known, onRetry }: NoClientProps) {
  const { t } = useLingui();
  const me = useMe();
  // An invalid identifier gets a 422.
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <EmptyState
        tone="neutral"
        icon={<IconUserQuestion />}
        title={t`Cadastro não encontrado`}
        actions={
          <>
            <ButtonLink to="/clientes" replace>
              <Trans>Ir para os clientes</Trans>
            </ButtonLink>
            {may(me, 'clients.emergency') && (
              <ButtonLink to="/coberturas" icon={<IconUrgent size="1.25rem" aria-hidden="true" />}>
                <Trans>Coberturas e emergências</Trans>
              </ButtonLink>
            )}
          </>
        }
      >
        <Trans>Ele pode ser de outro profissional, ou o endereço tem alguma diferença.</Trans>
      </EmptyState>
    );
  if (isOffline(error)) return <NotSeen known={known} onRetry={onRetry} />;
  return <FailureState error={error} onRetry={onRetry} title={t`Não foi possível abrir o cadastro`} />;
}

/** Without a connection, a card that was not opened in this session: says so, and offers what the list knows. */
function NotSeen({ known, onRetry }: Pick<NoClientProps, 'known' | 'onRetry'>) {
  const { t } = useLingui();
  const phone = known?.phone ?? null;
  useEffect(() => {
    addEventListener('online', onRetry);
    return () => {
      removeEventListener('online', onRetry);
    };
  }, [onRetry]);
  return (
    <div role="alert">
      <EmptyState
        tone="neutral"
        icon={<IconCloudOff />}
        title={t`Este cadastro ainda não foi aberto aqui`}
        actions={
          <>
            {phone !== null && (
              <>
                <ButtonAnchor href={callLink(phone)} icon={<IconPhone aria-hidden="true" />}>
                  <Trans>Ligar</Trans>
                </ButtonAnchor>
                <ButtonAnchor
                  href={whatsappLink(phone)}
                  target="_blank"
                  rel="noreferrer"
                  icon={<IconBrandWhatsapp aria-hidden="true" />}
                >
                  <Trans>WhatsApp</Trans>
                </ButtonAnchor>
              </>
            )}
            <Button onClick={onRetry}>
              <Trans>Tentar de novo</Trans>
            </Button>
          </>
        }
      >
        <Trans>
          Sem conexão só abrem os cadastros vistos nesta sessão. Este abre sozinho quando a internet voltar.
        </Trans>
      </EmptyState>
    </div>
  );
}

/** Shown in place of the form of somebody anonymous. */
export function AnonymousClient({ id }: { readonly id: string }) {
  const { t } = useLingui();
  return (
    <EmptyState
      tone="neutral"
      icon={<IconEyeOff />}
      title={t`Este cadastro está anônimo`}
      actions={
        <ButtonLink to="/clientes/$id" params={{ id }} search={true} replace>
          <Trans>Abrir a ficha</Trans>
        </ButtonLink>
      }
    >
      <Trans>Ele não diz mais de quem é, e não pode ser mudado.</Trans>
    </EmptyState>
  );
}
