import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Role } from '../../../shared/contracts/auth.ts';
import { professionalInput } from '../../../shared/contracts/professionals.ts';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { readForm } from './form-errors.ts';
import { NameFields } from './name-fields.tsx';
import { PersonFormDialog } from './person-form.tsx';
import { invitePerson } from './professionals-api.ts';
import { treats } from '../../../shared/permissions.ts';
import { ClinicalAccess } from './clinical-access.tsx';
import { RoleChoice } from './role-choice.tsx';
import { usePersonForm } from './use-person-form.ts';

/** Adds a person to the clinic. The server tells them by e-mail. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const [values, setValues] = useState({
    ...{ email: '', firstName: '', lastName: '', role: 'professional' as Role },
    clinicalAccess: true,
  });
  const form = usePersonForm({
    read: () =>
      readForm(professionalInput, {
        ...values,
        email: values.email.trim(),
        lastName: values.lastName.trim() || null,
        clinicalAccess: treats(values.role) && values.clinicalAccess,
      }),
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
    <PersonFormDialog
      label={t`Convidar profissional`}
      action={<Trans>Enviar convite</Trans>}
      form={form}
      onClose={onClose}
    >
      <TextField
        label={t`E-mail`}
        hint={t`A pessoa recebe o convite e entra com um código: não há senha.`}
        error={form.errors['email']}
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
      <NameFields values={values} errors={form.errors} onChange={set} />
      <RoleChoice
        value={values.role}
        onChange={(role) => {
          set({ role, clinicalAccess: treats(role) });
        }}
      />
      {treats(values.role) && (
        <ClinicalAccess
          value={values.clinicalAccess}
          onChange={(clinicalAccess) => {
            set({ clinicalAccess });
          }}
        />
      )}
    </PersonFormDialog>
  );
}
