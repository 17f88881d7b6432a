import styles from './settings-layout.module.css';
import { Trans } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface SmallDialogProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly action?: ReactNode;
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A few fields in a dialog, with buttons to save and to leave. */
export function SmallDialog({ label, isBusy, failure, action, onSave, onClose, children }: SmallDialogProps) {
  const id = useId();
  return (
    <Dialog
      label={label}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Voltar</Trans>
          </Button>
          <Button type="submit" form={id} variant="primary" busy={isBusy}>
            {action ?? <Trans>Salvar</Trans>}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) onSave();
        }}
      >
        {children}
        {failure !== undefined && (
          <p className={styles['failure']} role="alert">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}
