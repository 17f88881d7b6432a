import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBrandWhatsapp, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { composeWhatsappUrl } from '../../../../shared/whatsapp.ts';
import { agendaKeys } from '../../../entities/appointment/appointment-queries.ts';
import { fillTemplate } from '../../../entities/message-template/fill-template.ts';
import { templatesQuery } from '../../../entities/message-template/template-queries.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { api } from '../../../lib/api.ts';
import { useMe } from '../../../lib/me.ts';
import { Button, ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../../ui/field.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { canCopy, copyText } from '../../../ui/copy-text.ts';

/** The prepared message with the link by which the client confirms; it may begin with the clinic's own words. */
export function MessageDialog({
  appointment: { id, clientPhone, professionalId },
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
  const { name: clinica } = useMe().clinic;
  const findName = useProfessionalNames();
  const { data: templates = [] } = useQuery(templatesQuery);
  const [chosen, setChosen] = useState('');
  const compose = ({ message, firstName, request }: { message: string; firstName: string; request: string }) => {
    const template = templates.find((each) => each.id === chosen);
    if (template === undefined) return message;
    const profissional = findName(professionalId) ?? '';
    return `${fillTemplate(template.text, { nome: firstName, clinica, profissional }).trim()} ${request}`;
  };
  const message = data === undefined ? '' : compose(data);
  const whatsappUrl = composeWhatsappUrl(clientPhone, message);
  return (
    <Dialog label={t`Mensagem de confirmação`} onClose={onClose}>
      {error !== null ? (
        <FailureState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        <div className={styles['form']}>
          {templates.length > 0 && (
            <SelectField
              label={t`Começa com`}
              value={chosen}
              onChange={(event) => {
                setChosen(event.target.value);
              }}
            >
              <option value="">{t`Saudação com o nome da clínica`}</option>
              {templates.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </SelectField>
          )}
          <TextAreaField
            label={t`Mensagem`}
            readOnly
            value={message}
            hint={t`O cliente confirma ou pede outra hora pelo link, sem senha. O link vale até a hora do atendimento.`}
          />
          <div className={styles['buttons']}>
            {whatsappUrl !== null && (
              <ButtonAnchor
                variant="primary"
                href={whatsappUrl}
                target="_blank"
                rel="noreferrer"
                icon={<IconBrandWhatsapp aria-hidden="true" />}
              >
                <Trans>Enviar pelo WhatsApp</Trans>
              </ButtonAnchor>
            )}
            {canCopy() && (
              <Button
                icon={<IconCopy size="1.25rem" aria-hidden="true" />}
                onClick={() => void copyText(message, t`Mensagem copiada.`)}
              >
                <Trans>Copiar</Trans>
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}
