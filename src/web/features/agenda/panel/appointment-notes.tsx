import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/button.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import type { Notes } from './use-notes.ts';

/** Clinical notes, for those who treat the client. */
export function AppointmentNotes({ notes }: { readonly notes: Notes }) {
  const { t } = useLingui();
  return (
    <div className={styles['form']}>
      {notes.isRecovered && (
        <p role="status">
          <Trans>Recuperamos o que você tinha escrito e não salvou.</Trans>
        </p>
      )}
      <TextAreaField
        label={t`Anotações`}
        optional
        hint={t`A recepção não vê.`}
        error={notes.failure}
        maxLength={5000}
        value={notes.text}
        onChange={(event) => {
          notes.set(event.target.value);
        }}
      />
      {notes.isDisputed ? (
        <Dispute notes={notes} />
      ) : (
        notes.isChanged && (
          <div className={styles['buttons']}>
            <Button variant="primary" busy={notes.isBusy} onClick={notes.save}>
              <Trans>Salvar anotações</Trans>
            </Button>
            <Button onClick={notes.discard}>
              <Trans>Desfazer</Trans>
            </Button>
          </div>
        )
      )}
    </div>
  );
}

/** Somebody else stored other notes meanwhile: both are shown, and the person decides which remain. */
function Dispute({ notes }: { readonly notes: Notes }) {
  const { t } = useLingui();
  return (
    <div className={styles['dispute']} role="alert">
      <p>
        <Trans>Outra pessoa mudou estas anotações enquanto você escrevia. Escolha o que fica.</Trans>
      </p>
      <div>
        <p className={styles['dispute-title']}>
          <Trans>O que está salvo agora</Trans>
        </p>
        <p className={styles['dispute-words']} translate="no">
          {notes.stored === '' ? t`vazio` : notes.stored}
        </p>
      </div>
      <div className={styles['buttons']}>
        <Button variant="primary" busy={notes.isBusy} onClick={notes.save}>
          <Trans>Salvar o que escrevi</Trans>
        </Button>
        <Button onClick={notes.discard}>
          <Trans>Ficar com o que está salvo</Trans>
        </Button>
      </div>
    </div>
  );
}
