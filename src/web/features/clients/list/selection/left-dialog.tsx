import styles from './several-dialogs.module.css';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { LeftCode } from '../../../../../shared/contracts/several-clients.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Verbatim } from '../../../../ui/verbatim.tsx';
import { useSelection } from './selection-context.tsx';

const reasons: Readonly<Record<LeftCode, MessageDescriptor>> = {
  not_found: msg`Não está mais entre os seus clientes.`,
  too_many_tags: msg`Já tem 20 etiquetas, o máximo.`,
  client_has_appointments: msg`Tem horário marcado: cancele ou remarque antes de arquivar.`,
  changed_since: msg`Mudou de novo depois disso.`,
  duplicate_phone: msg`O telefone já é de outro cadastro.`,
  duplicate_document: msg`O CPF ou CNPJ já é de outro cadastro.`,
};

/** Names the clients whom a change has left as they were, and says why. */
export function LeftDialog() {
  const { t, i18n } = useLingui();
  const { left, showLeft } = useSelection();
  const close = (): void => {
    showLeft([]);
  };
  return (
    <Dialog
      label={t`Ficaram como estavam`}
      onClose={close}
      footer={
        <Button variant="primary" onClick={close}>
          <Trans>Entendi</Trans>
        </Button>
      }
    >
      <ul className={styles['people']}>
        {left.map(({ id, name, code }) => (
          <li key={id}>
            <span className={styles['words']}>
              <strong>{name === null ? <Trans>Um cliente</Trans> : <Verbatim>{name}</Verbatim>}</strong>
              <span>{i18n._(reasons[code])}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
