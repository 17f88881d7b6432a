import styles from './own-name.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { refreshProfessionals } from '../../entities/professional/professional-queries.ts';
import { api } from '../../lib/api.ts';
import { failureText } from '../../lib/failure-text.ts';
import { meQuery, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

interface Names {
  readonly firstName: string;
  readonly lastName: string | null;
}

/** Changes the own name, whatever else of the profile has changed meanwhile. */
async function saveOwnName(names: Names): Promise<void> {
  const { etag } = await api('GET /me');
  const { body } = await api('PATCH /me', { body: names, headers: { 'if-match': etag ?? '*' } });
  queryClient.setQueryData(meQuery.queryKey, body);
  void refreshProfessionals();
}

/** The button to change the own name, and its form. */
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
        <Trans>Alterar meu nome</Trans>
      </Button>
    </div>
  );
}

function NameForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const [firstName, setFirstName] = useState(me.firstName);
  const [lastName, setLastName] = useState(me.lastName ?? '');
  const save = useMutation({ mutationFn: saveOwnName, onSuccess: onDone });
  return (
    <form
      className={styles['own-name']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate({ firstName: firstName.trim(), lastName: lastName.trim() || null });
      }}
    >
      <TextField
        label={t`Nome`}
        autoFocus
        autoComplete="given-name"
        autoCapitalize="words"
        error={save.isError ? failureText(save.error) : undefined}
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
