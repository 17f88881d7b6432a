import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { deactivation, type Professional } from '../../../shared/contracts/professionals.ts';
import { fullName } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { FormFailure } from './form-failure.tsx';
import { readForm } from './form-errors.ts';
import { deactivatePerson, professionalsQuery } from './professionals-api.ts';
import { usePersonForm } from './use-person-form.ts';

interface DeactivateDialogProps {
  readonly person: Professional;
  readonly onClose: () => void;
}

/** Takes access away, with the reason, and with whom the person's clients go on. */
export function DeactivateDialog({ person, onClose }: DeactivateDialogProps) {
  const { t } = useLingui();
  const id = useId();
  const name = fullName(person);
  const [reason, setReason] = useState('');
  const [transferTo, setTransferTo] = useState('');
  const { data = [] } = useQuery(professionalsQuery);
  const heirs = data.filter((other) => other.active && other.role !== 'reception' && other.id !== person.id);
  const { area, errors, isBusy, submit } = usePersonForm({
    read: () => readForm(deactivation, { reason, ...(transferTo !== '' && { transferTo }) }),
    send: (body) => deactivatePerson(person.id, body),
    onDone: onClose,
  });
  return (
    <Dialog
      label={t`Desativar o acesso de ${name}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button type="submit" form={id} variant="danger" busy={isBusy}>
            <Trans>Desativar</Trans>
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={area}
        className="person-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <p className="person-note">
          <Trans>A pessoa sai na hora de todos os aparelhos. O que ela registrou continua na clínica.</Trans>
        </p>
        <TextAreaField
          label={t`Motivo`}
          error={errors['reason']}
          rows={3}
          data-autofocus=""
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <SelectField
          label={t`Clientes desta pessoa`}
          error={errors['transferTo']}
          value={transferTo}
          onChange={(event) => {
            setTransferTo(event.target.value);
          }}
        >
          <option value="">{t`Continuam em nome de ${name}`}</option>
          {heirs.map((heir) => {
            const other = fullName(heir);
            return <option key={heir.id} value={heir.id}>{t`Passam para ${other}`}</option>;
          })}
        </SelectField>
        <FormFailure message={errors['']} />
      </form>
    </Dialog>
  );
}
