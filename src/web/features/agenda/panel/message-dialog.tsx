import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBrandWhatsapp, IconCopy } from '@tabler/icons-react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { agendaKeys } from '../../../entities/appointment/appointment-queries.ts';
import { api } from '../../../lib/api.ts';
import { Button, ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';

/** The prepared message with the link by which the client confirms. */
export function MessageDialog({
  appointment: { id },
  onClose,
}: {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: [...agendaKeys.one, id, 'message'],
    queryFn: async () => (await api('POST /appointments/{id}/confirmation-link', { params: { id } })).body,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(data?.message ?? '');
    toast({ message: t`Mensagem copiada.` });
  };
  return (
    <Dialog label={t`Mensagem de confirmação`} onClose={onClose}>
      {error !== null ? (
        <FailureState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        <div className={styles['form']}>
          <TextAreaField
            label={t`Mensagem`}
            readOnly
            value={data.message}
            hint={t`O cliente confirma ou pede outra hora pelo link, sem senha. O link vale até a hora do atendimento.`}
          />
          <div className={styles['buttons']}>
            {data.whatsappUrl !== null && (
              <ButtonAnchor
                variant="primary"
                href={data.whatsappUrl}
                target="_blank"
                rel="noreferrer"
                icon={<IconBrandWhatsapp aria-hidden="true" />}
              >
                <Trans>Enviar pelo WhatsApp</Trans>
              </ButtonAnchor>
            )}
            <Button icon={<IconCopy size="1.25rem" aria-hidden="true" />} onClick={() => void copy()}>
              <Trans>Copiar</Trans>
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
