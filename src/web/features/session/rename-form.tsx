import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

interface RenameFormProps {
  readonly label: string;
  readonly name: string;
  readonly rename: (name: string) => Promise<void>;
  readonly onDone: () => void;
}

/** A name corrected in its place; Esc leaves it as it was. */
export function RenameForm({ label, name, rename, onDone }: RenameFormProps) {
  const { t } = useLingui();
  const [text, setText] = useState(name);
  const [isBlank, setBlank] = useState(false);
  const save = useMutation({ mutationFn: rename, onSuccess: onDone });

  function submit(): void {
    const next = text.trim();
    setBlank(next === '');
    if (next === name) onDone();
    else if (next !== '' && !save.isPending) save.mutate(next);
  }

  return (
    <form
      className="rename-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <TextField
        label={label}
        value={text}
        error={isBlank ? t`Escreva um nome.` : save.isError ? failureText(save.error) : undefined}
        maxLength={80}
        autoFocus
        autoComplete="off"
        enterKeyHint="done"
        onFocus={(event) => {
          event.target.select();
        }}
        onChange={(event) => {
          setBlank(false);
          save.reset();
          setText(event.target.value);
        }}
      />
      <div className="rename-form-bar">
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
