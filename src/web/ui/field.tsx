import './field.css';
import { Trans } from '@lingui/react/macro';
import { IconAlertCircle, IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

interface FieldProps {
  readonly label: string;
  /** Optional is marked, required is not. */
  readonly optional?: boolean | undefined;
  readonly hint?: ReactNode;
  /** What is wrong, in words. */
  readonly error?: ReactNode;
}

/** What ties a control to its label, hint and error. */
interface ControlLinks {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

/** Label above, control, then error or hint. For controls that are not plain inputs, take the links and spread them. */
export function Field({
  label,
  optional,
  hint,
  error,
  children,
}: FieldProps & { readonly children: (links: ControlLinks) => ReactNode }) {
  const id = useId();
  const note = `${id}-note`;
  const hasError = error !== undefined && error !== null && error !== '' && error !== false;
  const hasNote = hasError || hint !== undefined;
  return (
    <div className="field">
      {/* The mark stands beside the label, not in it: the control's name stays its own. */}
      <div className="field-label">
        <label htmlFor={id}>{label}</label>
        {optional === true && (
          <span className="field-optional" aria-hidden="true">
            <Trans>opcional</Trans>
          </span>
        )}
      </div>
      {children({ id, 'aria-describedby': hasNote ? note : undefined, 'aria-invalid': hasError || undefined })}
      {hasError ? (
        <p className="field-error" id={note} role="alert">
          <IconAlertCircle size="1em" aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : (
        hint !== undefined && (
          <p className="field-hint" id={note}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> };

export function TextField({ label, optional, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => <input className="field-input" {...links} {...input} />}
    </Field>
  );
}

type TextAreaFieldProps = FieldProps &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly ref?: Ref<HTMLTextAreaElement> };

export function TextAreaField({ label, optional, hint, error, ...input }: TextAreaFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => <textarea className="field-input" {...links} {...input} />}
    </Field>
  );
}

type SelectFieldProps = FieldProps &
  SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> };

/** The platform's own select: the best one on a phone. */
export function SelectField({ label, optional, hint, error, children, ...input }: SelectFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => (
        <span className="field-select">
          <select className="field-input" {...links} {...input}>
            {children}
          </select>
          <IconChevronDown size="1.125rem" aria-hidden="true" />
        </span>
      )}
    </Field>
  );
}
