import styles from './person-form.module.css';
import { Trans } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import type { PersonFormState } from './use-person-form.ts';

interface PersonFormProps {
  readonly id?: string;
  readonly form: PersonFormState;
  readonly children: ReactNode;
  /** The buttons; left out where the dialog around the form has them. */
  readonly bar?: ReactNode;
}

/** The fields, the error that belongs to none of them, and the buttons. */
export function PersonForm({ id, form: { area, errors, isBusy, submit }, children, bar }: PersonFormProps) {
  return (
    <form
      id={id}
      ref={area}
      className={styles['person-form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      {children}
      <Failure error={errors['']} />
      {bar}
    </form>
  );
}

interface PersonFormDialogProps {
  readonly label: string;
  readonly form: PersonFormState;
  readonly children: ReactNode;
  /** The label of the button that sends the form. */
  readonly action: ReactNode;
  readonly variant?: 'primary' | 'danger';
  readonly onClose: () => void;
}

/** A form in a dialog, with buttons to send and to cancel it. */
export function PersonFormDialog({ label, form, children, action, variant, onClose }: PersonFormDialogProps) {
  const id = useId();
  return (
    <Dialog
      label={label}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button type="submit" form={id} variant={variant ?? 'primary'} busy={form.isBusy}>
            {action}
          </Button>
        </>
      }
    >
      <PersonForm id={id} form={form}>
        {children}
      </PersonForm>
    </Dialog>
  );
}
