import styles from './name-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

interface NameFormProps {
  readonly label: string;
  /** The current name; empty for something new. */
  readonly name: string;
  /** The first value of the field; the current name without it. */
  readonly suggestion?: string | undefined;
  /** The button's label; “Salvar” without it. */
  readonly action?: string;
  readonly onSave: (name: string) => Promise<void>;
  readonly describeFailure?: (error: unknown) => string;
  readonly onDone: () => void;
}

/** A form for one name, in the place of the name. Esc cancels. */
export function NameForm(props: NameFormProps) {
  const { label, name, suggestion = name, action, onSave, describeFailure = failureText, onDone } = props;
  const { t } = useLingui();
  const [text, setText] = useState(suggestion);
  const [isBlank, setBlank] = useState(false);
  const save = useMutation({ mutationFn: onSave, onSuccess: onDone });

  function submit(): void {
    const next = text.trim();
    setBlank(next === '');
    if (next === name) onDone();
    else if (next !== '' && !save.isPending) save.mutate(next);
  }

  return (
    <form
      className={styles['name-form']}
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
        error={isBlank ? t`Escreva um nome.` : save.isError ? describeFailure(save.error) : undefined}
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
      <div className={styles['name-form-bar']}>
        <Button type="submit" variant="primary" busy={save.isPending}>
          {action ?? <Trans>Salvar</Trans>}
        </Button>
        <Button onClick={onDone}>
          <Trans>Cancelar</Trans>
        </Button>
      </div>
    </form>
  );
}
