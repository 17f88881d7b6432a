import './form-dialog.css';
import { Trans } from '@lingui/react/macro';
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import { useChangedFields } from './changed-fields.ts';
import { Dialog } from './dialog.tsx';
import { useLeaveGuard } from './leave-guard.tsx';
import { Failure } from './failure.tsx';

interface FormDialogProps {
  readonly label: string;
  readonly isBusy: boolean;
  /** What went wrong, if it belongs to none of the fields. */
  readonly failure?: string | undefined;
  /** The words of the button that sends the form; “Salvar” without them. */
  readonly action?: ReactNode;
  readonly variant?: 'primary' | 'danger';
  readonly isDisabled?: boolean;
  /** Whether something was chosen that is no field, such as a time by a button. */
  readonly isChosen?: boolean;
  /** The form, for whoever moves the focus to its first error. */
  readonly area?: RefObject<HTMLFormElement | null>;
  /** What stands below the form and may have a form of its own. */
  readonly after?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** What “Voltar” does where it leads to a step before and not out of the dialog. */
  readonly onBack?: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog, with its two buttons: to leave, and to send it. Leaving asks first if something was changed. */
export function FormDialog(props: FormDialogProps) {
  const {
    label,
    isBusy,
    failure,
    action,
    variant = 'primary',
    isDisabled = false,
    isChosen = false,
    area,
    after,
  } = props;
  const { onSubmit, onClose, onBack, children } = props;
  const id = useId();
  const parts = useId();
  const isChanged = useChangedFields(parts);
  const isSent = useSending(isBusy);
  const { leave, question } = useLeaveGuard({ wouldLose: () => !isSent() && (isChosen || isChanged()) });
  const close = (): void => {
    leave(onClose);
  };
  useSightOfErrors(id, isBusy);
  return (
    <Dialog
      label={label}
      onClose={close}
      footer={
        <>
          <Button onClick={onBack ?? close}>
            <Trans>Voltar</Trans>
          </Button>
          <Button type="submit" form={id} variant={variant} busy={isBusy} disabled={isDisabled}>
            {action ?? <Trans>Salvar</Trans>}
          </Button>
        </>
      }
    >
      <div id={parts} className="dialog-form-parts">
        <form
          id={id}
          ref={area}
          noValidate
          className="dialog-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isBusy) onSubmit();
          }}
        >
          {children}
          <Failure error={failure} />
        </form>
        {after}
      </div>
      {question}
    </Dialog>
  );
}

/**
 * Whether the form is being sent, or was a moment ago: what follows an answer, for example going to what was made, comes before
 * the effects of the dialog's next rendering.
 */
function useSending(isBusy: boolean): () => boolean {
  const isSending = useRef(false);
  useEffect(() => {
    isSending.current = isBusy;
  }, [isBusy]);
  return () => isSending.current;
}

/** Brings what is wrong into sight once the answer has come: the first field takes the focus. */
function useSightOfErrors(formId: string, isBusy: boolean): void {
  const wasBusy = useRef(false);
  useEffect(() => {
    const isAnswered = wasBusy.current && !isBusy;
    wasBusy.current = isBusy;
    if (!isAnswered) return;
    const form = document.getElementById(formId);
    const field = form?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (field) field.focus();
    else form?.querySelector('.failure')?.scrollIntoView({ block: 'nearest' });
  }, [formId, isBusy]);
}
