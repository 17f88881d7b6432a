import styles from './person-edit.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type Professional, professionalPatch } from '../../../shared/contracts/professionals.ts';
import { treats } from '../../../shared/permissions.ts';
import { ProfileFields } from '../../entities/professional/profile-fields.tsx';
import { fromProfileValues, toProfileValues } from '../../entities/professional/profile-form.ts';
import { formatDocument } from '../../../shared/format.ts';
import { fullName } from '../../lib/format.ts';
import { meQuery, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { readForm } from './form-errors.ts';
import { NameFields } from './name-fields.tsx';
import { PersonForm } from './person-form.tsx';
import { changePerson } from './professionals-api.ts';
import { ClinicalAccess } from './clinical-access.tsx';
import { RoleChoice } from './role-choice.tsx';
import { usePersonForm } from './use-person-form.ts';
import { isSameValue } from '../../../shared/same-value.ts';

interface PersonEditProps {
  readonly versioned: { readonly person: Professional; readonly etag: string };
}

const toFormValues = (person: Professional) => ({
  firstName: person.firstName,
  lastName: person.lastName ?? '',
  role: person.role,
  clinicalAccess: person.clinicalAccess,
  profile: toProfileValues({
    ...person,
    document: person.document === null ? null : formatDocument(person.document),
  }),
});

/** The form for name, rights and profile. The e-mail identifies the person and cannot be changed. */
export function PersonEdit({ versioned }: PersonEditProps) {
  const { t } = useLingui();
  const me = useMe();
  const [{ person, etag }, setBase] = useState(versioned);
  const [values, setValues] = useState(() => toFormValues(person));
  const isChanged = !isSameValue(values, toFormValues(person));
  const start = (): void => {
    setBase(versioned);
    setValues(toFormValues(versioned.person));
  };
  // A newer version replaces the form, unless the person has changed something in it.
  if (versioned.etag !== etag && (!isChanged || isSameValue(values, toFormValues(versioned.person)))) start();
  const form = usePersonForm({
    read: () =>
      readForm(professionalPatch, {
        firstName: values.firstName,
        lastName: values.lastName.trim() || null,
        // Nobody changes their own rights, so they are not sent either.
        ...(person.id === me.id
          ? {}
          : { role: values.role, clinicalAccess: treats(values.role) && values.clinicalAccess }),
        ...fromProfileValues(values.profile),
      }),
    send: (body) => changePerson(person.id, body, etag),
    onDone: () => {
      toast({ message: t`Cadastro de ${fullName(values)} salvo.` });
      if (person.id === me.id) void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  return (
    <PersonForm
      form={form}
      bar={
        isChanged && (
          <div className={styles['person-bar']}>
            <Button onClick={start}>
              <Trans>Desfazer</Trans>
            </Button>
            <Button type="submit" variant="primary" busy={form.isBusy}>
              <Trans>Salvar</Trans>
            </Button>
          </div>
        )
      }
    >
      <NameFields
        values={values}
        errors={form.errors}
        onChange={(change) => {
          setValues({ ...values, ...change });
        }}
      />
      <ProfileFields
        values={values.profile}
        errors={form.errors}
        onChange={(change) => {
          setValues({ ...values, profile: { ...values.profile, ...change } });
        }}
      />
      {person.id === me.id ? (
        <p className={styles['own-rights']}>
          <Trans>Ninguém muda os próprios direitos: função e acesso clínico, outra pessoa da administração muda.</Trans>
        </p>
      ) : (
        <>
          <RoleChoice
            value={values.role}
            onChange={(role) => {
              setValues({ ...values, role, clinicalAccess: treats(role) });
            }}
          />
          {treats(values.role) && (
            <ClinicalAccess
              value={values.clinicalAccess}
              onChange={(clinicalAccess) => {
                setValues({ ...values, clinicalAccess });
              }}
            />
          )}
        </>
      )}
    </PersonForm>
  );
}
