import parts from './person-parts.module.css';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deactivation, type Professional } from '../../../shared/contracts/professionals.ts';
import { fullName } from '../../lib/format.ts';
import { currentLanguage } from '../../lib/i18n.ts';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { readForm } from './form-errors.ts';
import { PersonFormDialog } from './person-form.tsx';
import { useProfessionalsWithClients } from '../../entities/professional/professional-queries.ts';
import { deactivatePerson, handOverQuery, undoDeactivation } from './professionals-api.ts';
import { usePersonForm } from './use-person-form.ts';

interface DeactivateDialogProps {
  readonly person: Professional;
  readonly onClose: () => void;
}

/** Takes a person's access away. Asks for the reason, and who takes over their clients. */
export function DeactivateDialog({ person, onClose }: DeactivateDialogProps) {
  const { t } = useLingui();
  const name = fullName(person);
  const [reason, setReason] = useState('');
  const [transferTo, setTransferTo] = useState('');
  const successors = useProfessionalsWithClients().filter(({ id }) => id !== person.id);
  const form = usePersonForm({
    read: () => readForm(deactivation, { reason, ...(transferTo !== '' && { transferTo }) }),
    send: (body) => deactivatePerson(person.id, body),
    onDone: () => {
      onClose();
      toast({
        message: t`${name} não tem mais acesso.`,
        about: person.id,
        action: { label: t`Desfazer`, onPress: () => void undoDeactivation(person.id).catch(toastFailure) },
      });
    },
  });
  return (
    <PersonFormDialog
      label={t`Desativar o acesso de ${name}?`}
      action={<Trans>Desativar</Trans>}
      variant="danger"
      form={form}
      onClose={onClose}
    >
      <p className={parts['person-note']}>
        <Trans>A pessoa sai na hora de todos os aparelhos. O que ela registrou continua na clínica.</Trans>
      </p>
      <TextAreaField
        label={t`Motivo`}
        error={form.errors['reason']}
        rows={3}
        data-autofocus=""
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <SelectField
        label={t`Clientes desta pessoa`}
        error={form.errors['transferTo']}
        value={transferTo}
        onChange={(event) => {
          setTransferTo(event.target.value);
        }}
      >
        <option value="">{t`Continuam em nome de ${name}`}</option>
        {successors.map((successor) => {
          const other = fullName(successor);
          return <option key={successor.id} value={successor.id}>{t`Passam para ${other}`}</option>;
        })}
      </SelectField>
      <WhatMoves id={person.id} isTransfer={transferTo !== ''} />
    </PersonFormDialog>
  );
}

/** How many clients the choice is about, and that it can be undone. */
function WhatMoves({ id, isTransfer }: { readonly id: string; readonly isTransfer: boolean }) {
  const { data } = useQuery(handOverQuery(id));
  if (data === undefined) return null;
  const { active, archived } = data.clients;
  const { coming } = data.appointments;
  const moved = [
    plural(active, { one: '# cliente', other: '# clientes' }),
    archived > 0 ? plural(archived, { one: '# cliente arquivado', other: '# clientes arquivados' }) : '',
    coming > 0 ? plural(coming, { one: '# atendimento futuro', other: '# atendimentos futuros' }) : '',
  ].filter((part) => part !== '');
  const all = new Intl.ListFormat(currentLanguage()).format(moved);
  return (
    <p className={parts['person-note']} role="status">
      {active + archived + coming === 0 ? (
        <Trans>Nenhum cliente ativo.</Trans>
      ) : isTransfer ? (
        <Trans>Vai junto: {all}. Dá para trazer de volta depois, aqui mesmo.</Trans>
      ) : (
        <Trans>Fica como está: {all}.</Trans>
      )}
    </p>
  );
}
