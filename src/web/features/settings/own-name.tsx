import styles from './own-name.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { refreshProfessionals } from '../../entities/professional/professional-queries.ts';
import { type MePatch, mePatch } from '../../../shared/contracts/auth.ts';
import { toFieldErrors } from '../../../shared/errors.ts';
import { treats } from '../../../shared/permissions.ts';
import { ProfileFields } from '../../entities/professional/profile-fields.tsx';
import { fromProfileValues, toProfileValues } from '../../entities/professional/profile-form.ts';
import { api } from '../../lib/api.ts';
import { failureText } from '../../lib/failure-text.ts';
import { formatDocument } from '../../../shared/format.ts';
import { currentLanguage } from '../../lib/i18n.ts';
import { meQuery, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

/** Changes who oneself is, whatever else of the profile has changed meanwhile. */
async function saveOwnProfile(patch: MePatch): Promise<void> {
  const { etag } = await api('GET /me');
  const { body } = await api('PATCH /me', { body: patch, headers: { 'if-match': etag ?? '*' } });
  queryClient.setQueryData(meQuery.queryKey, body);
  void refreshProfessionals();
}

/** The button to change the own name and profile, and its form. */
export function OwnName() {
  const [isEdited, setEdited] = useState(false);
  if (isEdited)
    return (
      <NameForm
        onDone={() => {
          setEdited(false);
        }}
      />
    );
  return (
    <div>
      <Button
        icon={<IconPencil size="1.125rem" aria-hidden="true" />}
        onClick={() => {
          setEdited(true);
        }}
      >
        <Trans>Alterar meus dados</Trans>
      </Button>
    </div>
  );
}

function NameForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const [firstName, setFirstName] = useState(me.firstName);
  const [lastName, setLastName] = useState(me.lastName ?? '');
  const [profile, setProfile] = useState(() =>
    toProfileValues({ ...me, document: me.document === null ? null : formatDocument(me.document) }),
  );
  const [errors, setErrors] = useState<Readonly<Partial<Record<string, string>>>>({});
  const save = useMutation({ mutationFn: saveOwnProfile, onSuccess: onDone });
  const send = (): void => {
    const patch = { firstName: firstName.trim(), lastName: lastName.trim() || null, ...fromProfileValues(profile) };
    const checked = mePatch.safeParse(patch, { reportInput: true });
    const found = checked.success ? [] : toFieldErrors(checked.error.issues, currentLanguage());
    setErrors(Object.fromEntries(found.toReversed().map(({ path, message }) => [path, message])));
    if (checked.success) save.mutate(checked.data);
  };
  return (
    <form
      className={styles['own-name']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) send();
      }}
    >
      <TextField
        label={t`Nome`}
        autoFocus
        autoComplete="given-name"
        autoCapitalize="words"
        error={errors['firstName'] ?? (save.isError ? failureText(save.error) : undefined)}
        value={firstName}
        onChange={(event) => {
          setFirstName(event.target.value);
        }}
      />
      <TextField
        label={t`Sobrenome`}
        optional
        autoComplete="family-name"
        autoCapitalize="words"
        value={lastName}
        onChange={(event) => {
          setLastName(event.target.value);
        }}
      />
      {treats(me.role) && (
        <div className={styles['own-profile']}>
          <ProfileFields
            values={profile}
            errors={errors}
            onChange={(change) => {
              setProfile((before) => ({ ...before, ...change }));
            }}
          />
        </div>
      )}
      <div className={styles['own-name-bar']}>
        <Button type="submit" variant="primary" busy={save.isPending}>
          <Trans>Salvar</Trans>
        </Button>
        <Button onClick={onDone}>
          <Trans>Cancelar</Trans>
        </Button>
      </div>
    </form>
  );
}
