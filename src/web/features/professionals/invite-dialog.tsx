import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { Role } from '../../../shared/contracts/auth.ts';
import { professionalInput } from '../../../shared/contracts/professionals.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { FormFailure } from './form-failure.tsx';
import { readForm } from './form-errors.ts';
import { invitePerson } from './professionals-api.ts';
import { RoleChoice } from './role-choice.tsx';
import { usePersonForm } from './use-person-form.ts';

/** Gives a person access: they learn of it by e-mail. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const id = useId();
  const [values, setValues] = useState({ email: '', firstName: '', lastName: '', role: 'professional' as Role });
  const { area, errors, isBusy, submit } = usePersonForm({
    read: () =>
      readForm(professionalInput, { ...values, email: values.email.trim(), lastName: values.lastName.trim() || null }),
    send: invitePerson,
    onDone: () => {
      onClose();
      toast({ message: t`Convite enviado para ${values.email.trim()}.` });
    },
  });
  const set = (change: Partial<typeof values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  return (
    <Dialog
      label={t`Convidar profissional`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button type="submit" form={id} variant="primary" busy={isBusy}>
            <Trans>Enviar convite</Trans>
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
        <TextField
          label={t`E-mail`}
          hint={t`A pessoa recebe o convite e entra com um código: não há senha.`}
          error={errors['email']}
          type="email"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          data-autofocus=""
          value={values.email}
          onChange={(event) => {
            set({ email: event.target.value });
          }}
        />
        <NameFields values={values} errors={errors} onChange={set} />
        <RoleChoice
          value={values.role}
          onChange={(role) => {
            set({ role });
          }}
        />
        <FormFailure message={errors['']} />
      </form>
    </Dialog>
  );
}

interface NameFieldsProps {
  readonly values: { readonly firstName: string; readonly lastName: string };
  readonly errors: Readonly<Partial<Record<string, string>>>;
  readonly onChange: (change: { firstName: string } | { lastName: string }) => void;
}

/** A person's first and last name, side by side where there is room. */
export function NameFields({ values, errors, onChange }: NameFieldsProps) {
  const { t } = useLingui();
  return (
    <div className="person-names">
      <TextField
        label={t`Nome`}
        error={errors['firstName']}
        autoCapitalize="words"
        autoComplete="off"
        value={values.firstName}
        onChange={(event) => {
          onChange({ firstName: event.target.value });
        }}
      />
      <TextField
        label={t`Sobrenome`}
        optional
        error={errors['lastName']}
        autoCapitalize="words"
        autoComplete="off"
        value={values.lastName}
        onChange={(event) => {
          onChange({ lastName: event.target.value });
        }}
      />
    </div>
  );
}
